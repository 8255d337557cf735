package dev.patchbay.console;

import dev.patchbay.web.WebResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tenants that operators ask about; a name that none of them has is 404. */
record OperatedTenants(List<OperatedTenant> all) {
  OperatedTenants {
    all = List.copyOf(all);
  }

  /** What is answered of the one with this name. */
  WebResponse named(String name, Function<OperatedTenant, WebResponse> answer) {
    return among(Optional.of(name), named -> answer.apply(named.getFirst()));
  }

  /** What is answered of the one with this name, or of all when none is asked for. */
  WebResponse among(Optional<String> name, Function<List<OperatedTenant>, WebResponse> answer) {
    var named = all.stream().filter(it -> name.map(it.name()::equals).orElse(true)).toList();
    return named.isEmpty() && name.isPresent()
        ? Problem.of(404, "there is no such tenant")
        : answer.apply(named);
  }
}
