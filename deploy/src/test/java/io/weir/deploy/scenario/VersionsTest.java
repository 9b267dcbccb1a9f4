package io.weir.deploy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.billing.FlatModel;
import io.weir.billing.GraduatedModel;
import io.weir.billing.PackageModel;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceTier;
import io.weir.billing.VolumeModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionsTest {

    @Test
    void everyPriceModelIsRead() throws JsonProcessingException {
        // Given
        List<PriceTier> tiers = List.of(new PriceTier("10", "5", "0"), new PriceTier(null, "4", "2"));

        // Then
        assertThat(model("{\"type\":\"flat\",\"flat_price\":\"3\"}")).isEqualTo(new FlatModel("3"));
        assertThat(
                        model(
                                "{\"type\":\"package\",\"package_size\":\"100\",\"package_price\":\"7\",\"free_units\":\"50\"}"))
                .isEqualTo(new PackageModel("100", "7", "50"));
        assertThat(model(
                        "{\"type\":\"graduated\",\"tiers\":[{\"up_to\":\"10\",\"unit_price\":\"5\",\"flat_price\":\"0\"},"
                                + "{\"up_to\":null,\"unit_price\":\"4\",\"flat_price\":\"2\"}]}"))
                .isEqualTo(new GraduatedModel(tiers));
        assertThat(model("{\"type\":\"volume\",\"tiers\":[{\"up_to\":\"10\",\"unit_price\":\"5\",\"flat_price\":\"0\"},"
                        + "{\"up_to\":null,\"unit_price\":\"4\",\"flat_price\":\"2\"}]}"))
                .isEqualTo(new VolumeModel(tiers));
    }

    @Test
    void anUnknownPriceModelIsNamed() throws JsonProcessingException {
        // Given
        Findings findings = new Findings();

        // When
        model("{\"type\":\"auction\"}", findings);

        // Then
        assertThat(findings.mistakes())
                .singleElement()
                .extracting(Mistake::what)
                .isEqualTo("no price model 'auction'; there are unit, flat, package, graduated, volume");
    }

    private static Object model(String json) throws JsonProcessingException {
        Findings findings = new Findings();
        Object model = model(json, findings);
        assertThat(findings.mistakes()).isEmpty();
        return model;
    }

    private static Object model(String json, Findings findings) throws JsonProcessingException {
        String book = "{\"version\":\"v\",\"entries\":[{\"currency\":\"CNY\",\"group\":\"CN\",\"item\":\"log\","
                + "\"retention_days\":null,\"effective_from\":\"2026-01-01\",\"model\":" + json + "}]}";
        Part part = new Part(new ObjectMapper().readTree(book), new Place("price-book.json", ""), findings);
        PriceBookChange change =
                (PriceBookChange) Versions.priceBook(part).change().record().getChange();
        return change.getEntries().get(0).getModel();
    }
}
