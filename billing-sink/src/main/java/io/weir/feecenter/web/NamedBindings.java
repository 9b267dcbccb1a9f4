package io.weir.feecenter.web;

import io.weir.feecenter.account.Binding;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.ConsoleAccount;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.FeeCenterAccounts;
import java.util.List;
import java.util.stream.IntStream;

/** Bindings with the names of those whose ids they hold. */
final class NamedBindings {

    private final Bindings bindings;
    private final FeeCenterAccounts payers;
    private final ConsoleAccounts people;

    NamedBindings(Bindings bindings, FeeCenterAccounts payers, ConsoleAccounts people) {
        this.bindings = bindings;
        this.payers = payers;
        this.people = people;
    }

    /** All bindings of a workspace, the last one first. */
    List<NamedBinding> history(String workspaceId) {
        List<Binding> history = bindings.history(workspaceId);
        return IntStream.rangeClosed(1, history.size())
                .mapToObj(fromTheEnd -> named(history.get(history.size() - fromTheEnd)))
                .toList();
    }

    private NamedBinding named(Binding binding) {
        return new NamedBinding(
                payers.find(binding.accountId()).map(FeeCenterAccount::userName).orElse(binding.accountId()),
                binding.effectiveFrom(),
                people.find(binding.boundBy()).map(ConsoleAccount::email).orElse(binding.boundBy()));
    }
}
