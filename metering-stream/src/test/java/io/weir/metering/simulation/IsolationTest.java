package io.weir.metering.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.billing.BindingChange;
import io.weir.billing.HeldLine;
import io.weir.billing.RetentionChange;
import io.weir.billing.SiteChange;
import io.weir.metering.recomputation.RandomScenario;
import io.weir.metering.recomputation.Scenario;
import io.weir.usage.MeteredUsage;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.specific.SpecificRecord;

/**
 * Nothing that one workspace sends changes another's lines (rules.md §3): with a hostile workspace, and with heartbeats in
 * the place of its records and repeated facts in the place of its re-bindings, they are the same to the last byte.
 */
class IsolationTest {

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void aHostileWorkspaceChangesNoByteOfAnother(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int powerOfPartitions) {
        // Given
        Scenario scenario = HostileWorkspace.joins(RandomScenario.of(seed), seed);
        Settings settings =
                new Settings(seed, 1 << powerOfPartitions, 2, false, powerOfPartitions > 0, true, true, Weakness.NONE);

        // When
        Run with = Simulation.run(settings, scenario);
        Input peaceful = Input.again(with, IsolationTest::withoutHostile);
        Run without = Simulation.run(
                settings.undisturbed(), scenario, peaceful.withControl(withoutHostile(peaceful.firstControl())));

        // Then
        assertThat(Verdict.compareBytes(without, with, IsolationTest::isOfAnother))
                .isEmpty();
    }

    private static Arrival withoutHostile(Arrival arrival) {
        return HostileWorkspace.sent(arrival.recorded())
                ? Arrival.heartbeat(arrival.recorded().ingest())
                : arrival;
    }

    /** So that every control record keeps its offset, which lines name. */
    private static List<SpecificRecord> withoutHostile(List<SpecificRecord> control) {
        SpecificRecord known = control.stream()
                .filter(SiteChange.class::isInstance)
                .findFirst()
                .orElseThrow();
        return control.stream()
                .map(change -> isHostile(change) ? known : change)
                .toList();
    }

    private static boolean isHostile(SpecificRecord change) {
        return (change instanceof BindingChange binding
                        && binding.getWorkspaceId().equals(HostileWorkspace.ID))
                || (change instanceof RetentionChange retention
                        && retention.getWorkspaceId().equals(HostileWorkspace.ID));
    }

    private static boolean isOfAnother(Output output) {
        SpecificRecord value = output.value();
        return (value instanceof BillLine line && !line.getWorkspaceId().equals(HostileWorkspace.ID))
                || (value instanceof HeldLine held && !held.getWorkspaceId().equals(HostileWorkspace.ID))
                || (value instanceof MeteredUsage usage
                        && !usage.getWorkspaceId().equals(HostileWorkspace.ID));
    }
}
