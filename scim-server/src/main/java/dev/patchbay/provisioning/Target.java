package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;

/**
 * A further phone system of a tenant. An inner tenant stands for it, with names, numbers, journal
 * and recovery of its own, whose only client is the tenant it belongs to.
 *
 * @param name what it is called beside its tenant, as in {@code desk}
 * @param tenant the inner tenant, as in {@code office.desk}
 * @param filter the text of {@code wanted}: another one concerns every user
 * @param wanted which users of the tenant it is to have
 */
public record Target(
    String name,
    String tenant,
    Provisioner provisioner,
    String filter,
    Predicate<ObjectNode> wanted) {}
