package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.util.List;
import java.util.Map;

/**
 * The people behind a product.
 *
 * @param contacts by the specification's key: {@code technical_owner}, {@code developer}, {@code business_owner},
 *         {@code steward}, {@code on_call_rotation}, {@code escalation_path}, {@code communication_channel}, {@code oncall}
 */
public record Team(Map<String, String> contacts, List<Member> members)
{
    public static final Team NONE = new Team(Map.of(), List.of());

    public record Member(String name, String role) {}

    public Team
    {
        contacts = ImmutableMap.copyOf(contacts);
        members = ImmutableList.copyOf(members);
    }
}
