#!/usr/bin/env bash
# Allows each part of Weir what it needs on Kafka, and no more. Run it as somebody who may alter ACLs; running it again changes nothing.
#
#   deploy/kafka/acls.sh [--dry-run] --bootstrap-server kafka-1:9093 --command-config admin.properties
#
# Everything but --dry-run, which only prints the commands, is handed to kafka-acls.sh. These variables may be set:
set -euo pipefail

: "${KAFKA_ACLS:=kafka-acls.sh}" # the program; kafka-acls in Confluent's packages

# Who they are to the broker: the SCRAM user, or what the certificate's name is mapped to. Empty for a part that is not granted anything.
: "${PRODUCER=User:weir-producer}"     # whoever sends usage
: "${CONTROL=User:weir-control}"       # whoever sends bindings, accounts, prices
: "${METERING=User:weir-metering}"     # the metering stream
: "${FEE_CENTER=User:weir-fee-center}" # the fee center
: "${OPERATOR=User:weir-operator}"     # a person with deploy/weir

: "${APPLICATION_ID:=weir-metering}" # weir.application.id of the metering stream; after a rebuild run this again with the new one
: "${SINK_GROUP:=weir-fee-center}"   # weir.sink.group of the fee center
: "${OUTBOX_ID:=weir-fee-center-outbox}" # transactional id of the fee center; that of a shadow has weir.topics.prefix before it

# The topics; Weir itself knows them by these names.
: "${USAGE_EVENTS:=usage-events}"
: "${CONTROL_TOPIC:=fee-center.control}"
: "${REJECTED_USAGE:=rejected-usage}"
: "${USAGE_GAPS:=usage-gaps}"
: "${METERED_USAGE:=metered-usage}"
: "${METERING_PROGRESS:=metering-progress}"
: "${BILL_LINES:=fee-center.bill-lines}"
: "${HELD_LINES:=held-lines}"

dry_run=false
connection=()
for argument in "$@"; do
  case $argument in
    --dry-run) dry_run=true ;;
    *) connection+=("$argument") ;;
  esac
done
if [[ $dry_run = false && ${#connection[@]} -eq 0 ]]; then
  printf 'acls.sh: say where Kafka is: --bootstrap-server HOST:PORT --command-config FILE, or --dry-run\n' >&2
  exit 2
fi

run() {
  if [[ $dry_run = true ]]; then
    printf '%q ' "$@" && printf '\n'
  else
    "$@"
  fi
}

# allow WHO "OPERATIONS" RESOURCES…, the resources as kafka-acls.sh takes them
allow() {
  local who=$1 operation operations=()
  [[ -n $who ]] || return 0
  for operation in $2; do operations+=(--operation "$operation"); done
  run "$KAFKA_ACLS" ${connection[@]+"${connection[@]}"} --add --allow-principal "$who" "${operations[@]}" "${@:3}"
}

topics() {
  printf -- '--topic %s ' "$@"
}

inputs=$(topics "$USAGE_EVENTS" "$CONTROL_TOPIC")
outputs=$(topics "$REJECTED_USAGE" "$USAGE_GAPS" "$METERED_USAGE" "$METERING_PROGRESS" "$HELD_LINES")
everything="$inputs $outputs $(topics "$BILL_LINES")"
changelogs="--topic $APPLICATION_ID- --resource-pattern-type prefixed"
groups="--group $APPLICATION_ID --resource-pattern-type prefixed"
transactions="--transactional-id $APPLICATION_ID- --resource-pattern-type prefixed"

# Whoever may read or write a thing may describe it: Kafka grants that along.
# shellcheck disable=SC2086 # lists of options
{
  allow "$PRODUCER" 'Write' $(topics "$USAGE_EVENTS")

  allow "$CONTROL" 'Read Write' $(topics "$CONTROL_TOPIC")
  allow "$CONTROL" 'Read' $(topics "$METERING_PROGRESS")              # weir apply: which days are billed
  allow "$CONTROL" 'Write' --transactional-id weir-apply

  allow "$METERING" 'Read' $inputs $(topics "$BILL_LINES")            # the lines: whether another id has billed already
  allow "$METERING" 'Write' $outputs $(topics "$BILL_LINES")
  allow "$METERING" 'Write DescribeConfigs' $(topics "$USAGE_EVENTS") # heartbeats, misdirected records; who sets its time
  allow "$METERING" 'Create Read Write DescribeConfigs' $changelogs
  allow "$METERING" 'Read' --group "$APPLICATION_ID"
  allow "$METERING" 'Write' $transactions

  allow "$FEE_CENTER" 'Read' $(topics "$BILL_LINES" "$METERING_PROGRESS" "$METERED_USAGE") # lines to post, days to settle, usage to show
  allow "$FEE_CENTER" 'Read Write' $(topics "$CONTROL_TOPIC")         # zones and sites; accounts, workspaces and bindings of the console
  allow "$FEE_CENTER" 'Read' --group "$SINK_GROUP"
  allow "$FEE_CENTER" 'Write' --transactional-id "$OUTBOX_ID"         # each change of the console once

  allow "$OPERATOR" 'Read' $everything
  allow "$OPERATOR" 'Write DescribeConfigs' $(topics "$USAGE_EVENTS") # send, rejected resend; who sets its time
  allow "$OPERATOR" 'Describe' $groups                                # audit; rebuild, which must also see a group of the new id
  allow "$OPERATOR" 'Create Read Write DescribeConfigs' $changelogs   # audit reads the state, rebuild seeds it
  allow "$OPERATOR" 'Write' $transactions                             # rebuild
}
