package io.weir.metering.recomputation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.weir.metering.recomputation.Scenario.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The JSON of scenarios: times, money and quantities as text, readings as an object that may name a meter twice. */
final class ScenarioJson {

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addDeserializer(Instant.class, new FromText<>(Instant.class, Instant::parse))
                    .addDeserializer(LocalDate.class, new FromText<>(LocalDate.class, LocalDate::parse))
                    .addDeserializer(ZoneId.class, new FromText<>(ZoneId.class, ZoneId::of))
                    .addSerializer(Instant.class, new ToText<>(MILLISECONDS::format))
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addSerializer(ZoneId.class, ToStringSerializer.instance)
                    .addSerializer(BigInteger.class, ToStringSerializer.instance)
                    .addSerializer(BigDecimal.class, new ToText<>(BigDecimal::toPlainString)))
            .build();

    private ScenarioJson() {}

    private static final class FromText<T> extends FromStringDeserializer<T> {
        private final transient Function<String, T> parse;

        private FromText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return parse.apply(text);
        }
    }

    private static final class ToText<T> extends JsonSerializer<T> {
        private final Function<T, String> format;

        private ToText(Function<T, String> format) {
            this.format = format;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider unused) throws IOException {
            json.writeString(format.apply(value));
        }
    }

    static final class ReadingsFromJson extends JsonDeserializer<List<Reading>> {
        @Override
        public List<Reading> deserialize(JsonParser json, DeserializationContext context) throws IOException {
            List<Reading> readings = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String meter = json.currentName();
                readings.add(new Reading(meter, Long.parseLong(json.nextTextValue())));
            }
            return List.copyOf(readings);
        }
    }

    static final class ReadingsToJson extends JsonSerializer<List<Reading>> {
        @Override
        public void serialize(List<Reading> readings, JsonGenerator json, SerializerProvider unused)
                throws IOException {
            json.writeStartObject();
            for (Reading reading : readings) {
                json.writeStringField(reading.meter(), Long.toString(reading.quantity()));
            }
            json.writeEndObject();
        }
    }
}
