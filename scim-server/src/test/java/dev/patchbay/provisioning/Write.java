package dev.patchbay.provisioning;

import dev.patchbay.directory.EntryType;
import dev.patchbay.schema.ResourceTypes;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of writes, on an office where ada (active, Custom, bound to Microsoft 365) and cid
 * (inactive, bound) are in Sales, ada is in the queue Desk, and bob is in Floor.
 */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
enum Write {
  CREATE(
      w -> w.user("eve", ",'displayName':'Eve','password':'Sesame77'"),
      "eve=here",
      "eve.userName=eve",
      "eve.displayName=Eve",
      "eve.password=Sesame77"),
  CREATE_BOUND(
      w -> w.user("eve", ",'roles':[{'value':'QueueManager'}]," + ms365("e@b.example")),
      "eve=here",
      "eve.userName=eve",
      "eve.role=QueueManager",
      "eve.ms365=e@b.example"),
  PROFILE(
      w -> w.patchUser("ada", add("'displayName':'A.','title':'Dr'")),
      "ada.displayName=A.",
      "ada.title=Dr"),
  PROFILE_BACK(
      w -> w.patchUser("ada", add("'displayName':'Ada','title':'Dr'")),
      "ada.displayName=Ada",
      "ada.title=Dr"),
  ROLE_UP(w -> w.patchUser("ada", replace(role("QueueManager"))), "ada.role=QueueManager"),
  ROLE_DOWN(w -> w.patchUser("ada", replace(role("StandardUser"))), "ada.role=StandardUser"),
  PASSWORD(w -> w.patchUser("ada", add("'password':'Sesame77'")), "ada.password=Sesame77"),
  PASSWORD_AND_PROFILE(
      w -> w.patchUser("ada", add("'displayName':'P','password':'Sesame88'")),
      "ada.displayName=P",
      "ada.password=Sesame88"),
  DEACTIVATE(w -> w.patchUser("ada", replace("'active':false")), "ada.active=false"),
  ACTIVATE(w -> w.patchUser("ada", replace("'active':true")), "ada.active=true"),
  REBIND(w -> w.patchUser("ada", add(ms365("z@b.example"))), "ada.ms365=z@b.example"),
  UNBIND(
      w -> w.patchUser("ada", "{'op':'remove','path':'" + ResourceTypes.PBX_USER + ":ms365'}"),
      "ada.ms365="),
  /** The id that cid has: ada waits for it. */
  TAKE(w -> w.patchUser("ada", add(ms365("c@b.example"))), "ada.ms365=c@b.example"),
  /** The other half of the exchange. */
  GIVE(w -> w.patchUser("cid", add(ms365("a@b.example"))), "cid.ms365=a@b.example"),
  MIXED_UP(
      w ->
          w.patchUser(
              "ada",
              replace(
                  "'active':true,'displayName':'U',"
                      + role("QueueManager")
                      + ","
                      + ms365("y@b.example"))),
      "ada.active=true",
      "ada.displayName=U",
      "ada.role=QueueManager",
      "ada.ms365=y@b.example"),
  MIXED_DOWN(
      w ->
          w.patchUser(
              "ada",
              replace("'active':false,'displayName':'D'," + role("StandardUser"))
                  + ",{'op':'remove','path':'"
                  + ResourceTypes.PBX_USER
                  + ":ms365'}"),
      "ada.active=false",
      "ada.displayName=D",
      "ada.role=StandardUser",
      "ada.ms365="),
  PASSWORD_AND_DEACTIVATE(
      w -> w.patchUser("ada", add("'active':false,'password':'Sesame99'")),
      "ada.active=false",
      "ada.password=Sesame99"),
  EVERYTHING(
      w ->
          w.patchUser(
              "ada",
              replace(
                  "'displayName':'E','password':'Sesame66',"
                      + role("QueueManager")
                      + ","
                      + ms365("x@b.example"))),
      "ada.displayName=E",
      "ada.role=QueueManager",
      "ada.ms365=x@b.example",
      "ada.password=Sesame66"),
  RENAME(w -> w.patchUser("ada", replace("'userName':'ada2'")), "ada.userName=ada2"),
  PUT(
      w ->
          w.put(
              "ada",
              "{'userName':'ada','displayName':'Put','active':true,"
                  + role("QueueManager")
                  + ","
                  + ms365("a@b.example")
                  + "}"),
      "ada.userName=ada",
      "ada.title=",
      "ada.displayName=Put",
      "ada.active=true",
      "ada.role=QueueManager",
      "ada.ms365=a@b.example"),
  CREATE_WITH_PHONE(
      w -> w.user("eve", "," + phones("0000000000cc V3")),
      "eve=here",
      "eve.userName=eve",
      "eve.phones=00:00:00:00:00:cc V3"),
  /** Of two phones one goes and one becomes another; one is new. */
  PHONES(
      w -> w.patchUser("bob", replace(phones("0000000000aa V9", "0000000000dd V4"))),
      "bob.phones=00:00:00:00:00:aa V9, 00:00:00:00:00:dd V4"),
  NO_PHONES(
      w -> w.patchUser("bob", "{'op':'remove','path':'" + ResourceTypes.PBX_USER + ":phones'}"),
      "bob.phones="),
  DELETE(w -> w.delete(EntryType.USER, "ada"), "ada=gone", "Sales.ada=out", "Desk.ada=out"),
  GROUP_CREATE(
      w -> w.group("Board", "ada", "bob"),
      "Board=here",
      "Board.name=Board",
      "Board.ada=in",
      "Board.bob=in"),
  GROUP_ADD(
      w -> w.patchGroup("Sales", members("add", w, "ada", "bob")), "Sales.ada=in", "Sales.bob=in"),
  GROUP_REMOVE(w -> w.patchGroup("Sales", members("remove", w, "ada")), "Sales.ada=out"),
  GROUP_REPLACE(
      w -> w.patchGroup("Sales", members("replace", w, "bob", "cid")),
      "Sales.ada=out",
      "Sales.bob=in"),
  GROUP_RENAME(w -> w.patchGroup("Sales", replace("'displayName':'Shop'")), "Sales.name=Shop"),
  GROUP_MIXED(
      w ->
          w.patchGroup(
              "Sales", replace("'displayName':'Mix'") + "," + members("replace", w, "bob", "cid")),
      "Sales.name=Mix",
      "Sales.ada=out",
      "Sales.bob=in"),
  GROUP_DELETE(w -> w.delete(EntryType.GROUP, "Sales"), "Sales=gone"),
  QUEUE_MIXED(
      w -> w.patchGroup("Desk", members("replace", w, "bob", "cid")),
      "Desk.ada=out",
      "Desk.bob=in",
      "Desk.cid=in"),
  QUEUE_DELETE(w -> w.delete(EntryType.GROUP, "Desk"), "Desk=gone"),
  NEST(
      w -> w.patchGroup("Floor", members("add", w, "Sales")),
      "Floor.Sales=in",
      "Floor.ada=in",
      "Floor.cid=in"),
  ROLE_CREATE(w -> w.role("Day", ",'description':'by day'"), "Day=here", "Day.description=by day"),
  ROLE_UPDATE(
      w -> w.patch(EntryType.ROLE, "Night", replace("'description':'dark'")),
      "Night.description=dark"),
  ROLE_DELETE(w -> w.delete(EntryType.ROLE, "Night"), "Night=gone"),
  /** Of whom is there already, or was deleted before. */
  RETURN(
      w -> w.user("ada", ",'displayName':'Again'," + ms365("b@b.example")),
      "ada=here",
      "ada.userName=ada",
      "ada.displayName=Again",
      "ada.role=StandardUser",
      "ada.ms365=b@b.example"),
  /** An operator takes back whatever is open. */
  CANCEL(CrashWorld::cancel);

  /** One request. */
  interface Request {
    void send(CrashWorld world);
  }

  private final Request request;
  private final Map<String, String> facts;

  Write(Request request, String... facts) {
    this.request = request;
    this.facts = Facts.of(facts);
  }

  void send(CrashWorld world) {
    request.send(world);
  }

  /** What it wants to be so; what it leaves as it is may be in it. */
  Map<String, String> facts() {
    return facts;
  }

  boolean creates() {
    return facts.containsValue(Facts.HERE);
  }

  boolean deletes() {
    return facts.containsValue(Facts.GONE);
  }

  boolean cancels() {
    return this == CANCEL;
  }

  Optional<String> password() {
    return facts.entrySet().stream()
        .filter(fact -> fact.getKey().endsWith(".password"))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String add(String attributes) {
    return "{'op':'add','value':{" + attributes + "}}";
  }

  private static String replace(String attributes) {
    return "{'op':'replace','value':{" + attributes + "}}";
  }

  private static String role(String value) {
    return "'roles':[{'value':'" + value + "'}]";
  }

  private static String ms365(String id) {
    return "'" + ResourceTypes.PBX_USER + "':{'ms365':{'id':'" + id + "'}}";
  }

  private static String phones(String... phones) {
    return "'" + ResourceTypes.PBX_USER + "':{" + Facts.phones(phones) + "}";
  }

  private static String members(String op, CrashWorld world, String... users) {
    return "{'op':'" + op + "','path':'members','value':" + world.values(users) + "}";
  }
}
