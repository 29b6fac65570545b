package io.meshwright.trino.control;

import com.google.common.base.Suppliers;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * The contracts in force, as they were registered.
 */
final class ContractTable
{
    /**
     * @param parsed on demand, since parsing costs more than all other columns
     */
    record State(String product, ProductRow registration, ContractRow contract, Supplier<Optional<DataContract>> parsed) {}

    static final ControlColumns<State> COLUMNS = ControlColumns.<State>builder()
            .text("product", "Address of the product", State::product)
            .text("port", "Output port that the contract describes", state -> state.contract().port())
            .text("contract_id", "Id that the contract declares", state -> state.contract().contractId())
            .text("version", "Version that the contract declares", state -> state.contract().version())
            .optionalText("status", "Status that the contract declares", state -> state.parsed().get().flatMap(DataContract::status))
            .optionalText("standard", "dcs or odcs; null when this version cannot read the contract", state -> state.parsed().get().map(contract -> contract.standard().name().toLowerCase(Locale.ROOT)))
            .optionalText("standard_version", "Version of the standard", state -> state.parsed().get().map(DataContract::standardVersion))
            .text("hash", "SHA-256 of the text", state -> state.contract().hash())
            .text("contract", "The contract, byte for byte as it was registered", state -> state.contract().body())
            .bigint("revision", "Registration of the product", state -> state.registration().revision())
            .timestamp("registered_at", "When the product was registered", state -> state.registration().registeredAt())
            .build();

    private final ControlAccess access;

    ContractTable(ControlAccess access)
    {
        this.access = requireNonNull(access, "access is null");
    }

    ControlRows<State> rows(ControlRequest request)
    {
        return ControlRows.of(
                request.asked()
                        .filter(product -> access.finds(product, request.identity()))
                        .flatMap(product -> product.registration().stream()),
                (registration, rows) -> registration.contracts().forEach(contract -> rows.accept(new State(
                        registration.address(),
                        registration,
                        contract,
                        Suppliers.memoize(() -> DataContractParser.parse(contract.path(), contract.body()).value())))));
    }
}
