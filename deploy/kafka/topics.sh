#!/usr/bin/env bash
# Creates the topics of Weir on your Kafka, which creates none by itself. Those that are there stay as they are.
#
#   deploy/kafka/topics.sh [--dry-run] --bootstrap-server kafka-1:9093 --command-config admin.properties
#
# Everything but --dry-run, which only prints the commands, is handed to kafka-topics.sh. These variables may be set:
set -euo pipefail

: "${KAFKA_TOPICS:=kafka-topics.sh}" # the program; kafka-topics in Confluent's packages
: "${PARTITIONS:=12}"                # of usage-events and of what is written per workspace; fixed for life
: "${REPLICATION:=3}"                # copies of each

dry_run=false
connection=()
for argument in "$@"; do
  case $argument in
    --dry-run) dry_run=true ;;
    *) connection+=("$argument") ;;
  esac
done
if [[ $dry_run = false && ${#connection[@]} -eq 0 ]]; then
  printf 'topics.sh: say where Kafka is: --bootstrap-server HOST:PORT --command-config FILE, or --dry-run\n' >&2
  exit 2
fi

run() {
  if [[ $dry_run = true ]]; then
    printf '%q ' "$@" && printf '\n'
  else
    "$@"
  fi
}

# topic NAME PARTITIONS SETTINGS…
topic() {
  local setting settings=()
  for setting in "${@:3}"; do settings+=(--config "$setting"); done
  run "$KAFKA_TOPICS" ${connection[@]+"${connection[@]}"} --create --if-not-exists --topic "$1" --partitions "$2" \
    --replication-factor "$REPLICATION" "${settings[@]}"
}

one=1
for_ever=(retention.ms=-1 retention.bytes=-1)
forty_days=(retention.ms=3456000000 retention.bytes=-1)
four_hundred_days=(retention.ms=34560000000 retention.bytes=-1)
deleted=cleanup.policy=delete
compacted=cleanup.policy=compact
four_mebibytes=max.message.bytes=4194304
one_mebibyte=max.message.bytes=1048576
# Who sets the time of a record: the broker, or its writer, who may be ahead of the broker's clock.
by_broker=(message.timestamp.type=LogAppendTime)
by_writer=(message.timestamp.type=CreateTime message.timestamp.after.max.ms=9223372036854775807)

topic usage-events "$PARTITIONS" "$deleted" "${forty_days[@]}" "$four_mebibytes" "${by_broker[@]}"
topic fee-center.control "$one" "$deleted" "${for_ever[@]}" "$four_mebibytes" "${by_writer[@]}"
topic rejected-usage "$PARTITIONS" "$deleted" "${for_ever[@]}" "$four_mebibytes" "${by_writer[@]}"
topic usage-gaps "$PARTITIONS" "$deleted" "${four_hundred_days[@]}" "$one_mebibyte" "${by_writer[@]}"
topic metered-usage "$PARTITIONS" "$deleted" "${four_hundred_days[@]}" "$one_mebibyte" "${by_writer[@]}"
topic metering-progress "$one" "$compacted" "${for_ever[@]}" "$one_mebibyte" "${by_writer[@]}"
topic fee-center.bill-lines "$PARTITIONS" "$deleted" "${for_ever[@]}" "$one_mebibyte" "${by_writer[@]}"
topic held-lines "$PARTITIONS" "$deleted" "${for_ever[@]}" "$one_mebibyte" "${by_writer[@]}"
