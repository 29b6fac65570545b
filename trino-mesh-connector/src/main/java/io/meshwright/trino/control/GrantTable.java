package io.meshwright.trino.control;

import io.meshwright.model.product.AccessPolicy;
import io.meshwright.model.product.AccessPolicy.Clearance;
import io.meshwright.model.product.AccessPolicy.Discovery;
import io.meshwright.trino.product.Product;
import io.trino.spi.security.ConnectorIdentity;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * Who may find, read and see products in clear, by their specifications. Owners and auditors see all grants, everybody else
 * what is granted to everybody or to himself.
 */
final class GrantTable
{
    enum Privilege
    {
        FIND,
        READ,
        CLEAR,
    }

    /**
     * @param group empty for everybody and for a user
     * @param user empty for everybody and for a group
     * @param applies whether the caller has the grant
     */
    record State(String product, Privilege privilege, Optional<String> group, Optional<String> user, Optional<LocalDate> until, boolean inForce, boolean applies)
    {
        String granteeKind()
        {
            return group.map(_ -> "group").or(() -> user.map(_ -> "user")).orElse("everybody");
        }
    }

    static final ControlColumns<State> COLUMNS = ControlColumns.<State>builder()
            .text("product", "Address of the product", State::product)
            .text("privilege", "find, read or clear (to see without masks, which includes reading)", state -> state.privilege().name().toLowerCase(Locale.ROOT))
            .text("grantee_kind", "group, user or everybody", State::granteeKind)
            .optionalText("grantee", "The group or user; null for everybody", state -> state.group().or(state::user))
            .optionalDate("until", "Last day (UTC) of the grant; null when it has no end", State::until)
            .bool("in_force", "Whether it holds today in this environment", State::inForce)
            .bool("applies_to_you", "Whether you have it", State::applies)
            .build();

    private final ControlAccess access;
    private final Clock clock;

    GrantTable(ControlAccess access, Clock clock)
    {
        this.access = requireNonNull(access, "access is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    ControlRows<State> rows(ControlRequest request)
    {
        ConnectorIdentity identity = request.identity();
        return ControlRows.of(
                request.asked()
                        .filter(product -> product.spec().isPresent())
                        .filter(product -> access.finds(product, identity)),
                (product, rows) -> {
                    boolean all = access.governs(product, identity);
                    add(product, identity, state -> {
                        if (all || state.applies()) {
                            rows.accept(state);
                        }
                    });
                });
    }

    private void add(Product product, ConnectorIdentity identity, Consumer<State> rows)
    {
        AccessPolicy policy = product.spec().orElseThrow().access();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (policy.discovery() == Discovery.PUBLIC) {
            rows.accept(everybody(product, Privilege.FIND));
        }
        if (policy.readGroups().isPresent()) {
            List<String> groups = policy.readGroups().orElseThrow();
            groups.forEach(group -> rows.accept(new State(
                    product.address(),
                    Privilege.READ,
                    Optional.of(group),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    identity.getGroups().contains(group))));
        }
        else if (policy.discovery() == Discovery.PUBLIC) {
            rows.accept(everybody(product, Privilege.READ));
        }
        for (Clearance clearance : policy.clear()) {
            boolean applies = clearance.group().map(identity.getGroups()::contains)
                    .or(() -> clearance.user().map(identity.getUser()::equals))
                    .orElse(false);
            rows.accept(new State(
                    product.address(),
                    Privilege.CLEAR,
                    clearance.group(),
                    clearance.user(),
                    clearance.until(),
                    clearance.isInForce(today) && access.readers().isProduction(),
                    applies));
        }
    }

    private static State everybody(Product product, Privilege privilege)
    {
        return new State(product.address(), privilege, Optional.empty(), Optional.empty(), Optional.empty(), true, true);
    }
}
