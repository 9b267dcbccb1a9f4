package io.weir.metering.recomputation;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known before a bill is computed: who is bound to what at which price, and the recorded traffic (rules.md §9).
 * The names of the components are those of the files, in camel case.
 *
 * @param workspaces each with its retention settings in order of recording
 * @param bindings in order of recording
 * @param usage in ingest order
 */
public record Scenario(
        List<Site> sites,
        List<Workspace> workspaces,
        List<Account> accounts,
        List<Binding> bindings,
        PriceBook priceBook,
        Catalogue catalogue,
        List<Recorded> usage) {

    /** A region where workspaces live. */
    public record Site(String site, ZoneId zone, String group, String cloud) {}

    /** Where traffic arises. */
    public record Workspace(String workspaceId, String site, List<String> tokens, List<Retention> retention) {}

    /** From an instant on, data of this category is kept for so many days; an empty resource means the whole workspace. */
    public record Retention(String category, String resource, int days, Instant effectiveFrom) {}

    /** Who pays. */
    public record Account(String accountId, String userName, String currency) {}

    /** From an instant on, this account pays for this workspace; null ends the binding. */
    public record Binding(String workspaceId, @Nullable String accountId, Instant effectiveFrom, long seq) {}

    /** All prices. */
    public record PriceBook(String version, List<Price> entries) {}

    /** What one item costs from a billing day on. */
    public record Price(
            String currency,
            String group,
            String item,
            @Nullable Integer retentionDays,
            LocalDate effectiveFrom,
            PriceModel model) {}

    /** All meters and items. */
    public record Catalogue(List<Meter> meters, List<Item> items) {}

    /** A raw counter; the limit is in base units. */
    public record Meter(String meter, Aggregation aggregation, BigInteger limitPerEvent) {}

    /** How the readings of a meter join. */
    public enum Aggregation {
        SUM,
        MAX
    }

    /** What a bill charges for: the largest of its terms, in units of so many base units. */
    public record Item(
            String item,
            String category,
            List<Term> maxOf,
            BigDecimal unit,
            @Nullable Integer defaultRetentionDays) {}

    /** A sum of meters divided by a number. */
    public record Term(List<String> sumOf, long divideBy) {}

    /**
     * One record of the usage topic.
     *
     * @param ingest its timestamp
     * @param key its key, null if it has none
     * @param value what it says; null for a heartbeat and for raw bytes
     * @param raw bytes, in Base64, that are written as they are; null otherwise
     */
    public record Recorded(
            Instant ingest,
            @Nullable String key,
            @Nullable Event value,
            @Nullable String raw) {}

    /** What a producer measured. */
    public record Event(
            String workspaceId,
            String source,
            @Nullable Long sequence,
            String eventId,
            Instant occurredAt,
            String resource,

            @JsonSerialize(using = ScenarioJson.ReadingsToJson.class)
            @JsonDeserialize(using = ScenarioJson.ReadingsFromJson.class)
            List<Reading> readings) {

        Event named(String otherWorkspaceId, String otherSource, String otherEventId, String otherResource) {
            return new Event(
                    otherWorkspaceId, otherSource, sequence, otherEventId, occurredAt, otherResource, readings);
        }

        Event numbered(@Nullable Long otherSequence) {
            return new Event(workspaceId, source, otherSequence, eventId, occurredAt, resource, readings);
        }

        Event at(Instant otherInstant) {
            return new Event(workspaceId, source, sequence, eventId, otherInstant, resource, readings);
        }

        Event reading(List<Reading> otherReadings) {
            return new Event(workspaceId, source, sequence, eventId, occurredAt, resource, List.copyOf(otherReadings));
        }
    }

    /** How much one meter counted, in base units. */
    public record Reading(String meter, long quantity) {}
}
