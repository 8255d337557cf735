package dev.patchbay.emulator.portsip;

import static dev.patchbay.emulator.portsip.Need.USERS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebResponse;

/** The calls on user groups; members have an extension number for a key and no bulk call. */
record GroupsApi(EmulatedStore store, Undocumented undocumented) {
  void addTo(PortSipRoutes routes) {
    routes
        .get("/api/groups", USERS, this::list)
        .post("/api/groups", USERS, this::create)
        .get("/api/groups/{id}", USERS, this::read)
        .post("/api/groups/{id}", USERS, this::update)
        .post("/api/groups/{id}/destroy", USERS, this::destroy)
        .get("/api/groups/{id}/members", USERS, this::members)
        .get("/api/groups/{id}/members/{extension}", USERS, this::member)
        .post("/api/groups/{id}/members/{extension}", USERS, this::add)
        .post("/api/groups/{id}/members/{extension}/destroy", USERS, this::remove);
  }

  private WebResponse list(ApiRequest request) {
    ListQuery query = ListQuery.of(request.web(), Groups.LISTING, undocumented);
    return store.read(
        handle ->
            Answers.page(
                query.count(handle),
                query.page(handle).stream().map(Groups.FIELDS::summary).toList()));
  }

  private WebResponse create(ApiRequest request) {
    String id = Ids.next();
    ObjectNode group = Groups.FIELDS.create(request.body()).put("id", id);
    return store.write(
        handle -> {
          var groups = new Groups(handle);
          checkFree(groups, group);
          groups.insert(group);
          return Answers.created("id", id);
        });
  }

  private WebResponse read(ApiRequest request) {
    return Json.ok(
        Groups.FIELDS.read(store.read(handle -> new Groups(handle).get(request.param("id")))));
  }

  private WebResponse update(ApiRequest request) {
    ObjectNode body = undocumented.heeded(request.body());
    return store.write(
        handle -> {
          var groups = new Groups(handle);
          ObjectNode before = groups.get(request.param("id"));
          ObjectNode after = Groups.FIELDS.update(before, body, undocumented.updateMode());
          checkFree(groups, after);
          groups.update(after);
          return WebResponse.of(200);
        });
  }

  private void checkFree(Groups groups, ObjectNode group) {
    if (undocumented.is(Otherwise.GROUP_NAMES_SHARED)) {
      return;
    }
    groups
        .idOf(group.path("name").asText())
        .filter(id -> !id.equals(group.path("id").asText()))
        .ifPresent(
            id -> {
              throw undocumented.duplicate("group name already exists");
            });
  }

  private WebResponse destroy(ApiRequest request) {
    return store.write(
        handle -> {
          var groups = new Groups(handle);
          groups.get(request.param("id"));
          groups.delete(request.param("id"));
          return WebResponse.of(204);
        });
  }

  private WebResponse members(ApiRequest request) {
    return store.read(
        handle -> {
          var groups = new Groups(handle);
          groups.get(request.param("id"));
          return Answers.items(groups.members(request.param("id")));
        });
  }

  private WebResponse member(ApiRequest request) {
    if (isLeft(request)) {
      return Json.ok(Groups.leftMember(request.param("extension")));
    }
    return with(
        request,
        (groups, id, user) -> {
          if (!groups.hasMember(id, user)) {
            throw ApiError.notFound("member");
          }
          return Json.ok(Groups.member(user));
        });
  }

  private WebResponse add(ApiRequest request) {
    return with(
        request,
        (groups, id, user) -> {
          if (groups.hasMember(id, user)
              && undocumented.memberAddTwice() == Undocumented.MemberAddTwice.REFUSED) {
            throw ApiError.invalid("already a member");
          }
          groups.add(id, user);
          return WebResponse.of(200);
        });
  }

  private boolean isLeft(ApiRequest request) {
    return store.read(
        handle -> new Groups(handle).isLeft(request.param("id"), request.param("extension")));
  }

  private WebResponse remove(ApiRequest request) {
    if (isLeft(request)) {
      return store.write(
          handle -> {
            new Groups(handle).forget(request.param("id"), request.param("extension"));
            return WebResponse.of(204);
          });
    }
    return with(
        request,
        (groups, id, user) -> {
          if (groups.remove(id, user) || undocumented.is(Otherwise.ABSENT_MEMBER_OK)) {
            return WebResponse.of(204);
          }
          throw undocumented.is(Otherwise.ABSENT_MEMBER_400)
              ? ApiError.invalid("not a member")
              : ApiError.notFound("member");
        });
  }

  private interface MemberAction {
    WebResponse run(Groups groups, String id, UserRow user);
  }

  /** With the group and the user of the path, both of which must exist. */
  private WebResponse with(ApiRequest request, MemberAction action) {
    return store.write(
        handle -> {
          var groups = new Groups(handle);
          String id = request.param("id");
          groups.get(id);
          return action.run(groups, id, new Users(handle).at(request.param("extension")));
        });
  }
}
