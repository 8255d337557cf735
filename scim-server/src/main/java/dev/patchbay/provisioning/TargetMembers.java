package dev.patchbay.provisioning;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Members of a group as a target is to have them: those of its people who are on that target. */
final class TargetMembers {
  /** At once: a plan of so many calls ends within the time of an answer. */
  private static final int FEW = 500;

  private static final String WANTED =
      """
      select u.id from member m
        join followed fu on fu.entry_id = m.user_id and fu.target = :target
        join entry u on u.id = fu.inner_id and u.life = 'live'
        where m.group_id = :group and m.desired = 1 and m.how <> 2
      """;
  private static final String THERE =
      "select user_id from member where group_id = :inner and desired = 1 and how <> 2";

  private TargetMembers() {}

  /** Who is to come, and who is to go, by ids of the target; of many, some. */
  record Change(List<String> coming, List<String> going) {
    boolean none() {
      return coming.isEmpty() && going.isEmpty();
    }
  }

  /**
   * What is to change.
   *
   * @param inner the target's group; empty text: it has none
   */
  static Change of(Handle handle, String target, String group, String inner) {
    return new Change(
        ids(handle, WANTED + " except " + THERE, target, group, inner),
        ids(handle, THERE + " except " + WANTED, target, group, inner));
  }

  private static List<String> ids(
      Handle handle, String sql, String target, String group, String inner) {
    return handle
        .createQuery("select * from (" + sql + ") found limit " + FEW)
        .bind("target", target)
        .bind("group", group)
        .bind("inner", inner)
        .mapTo(String.class)
        .list();
  }

  /** Groups that a target was told of and whose members there are not those of the tenant. */
  static List<String> differing(Handle handle, String target, int limit) {
    return handle
        .createQuery(
            """
            select distinct id from (
              select fg.entry_id as id from followed fg
                join member m on m.group_id = fg.entry_id and m.desired = 1 and m.how <> 2
                join followed fu on fu.entry_id = m.user_id and fu.target = :target
                join entry u on u.id = fu.inner_id and u.life = 'live'
                where fg.target = :target and fg.type = 'Group' and fg.due_at = :never
                and not exists (select 1 from member i
                  where i.group_id = fg.inner_id and i.user_id = u.id and i.desired = 1)
              union all
              select fg.entry_id as id from followed fg
                join member i on i.group_id = fg.inner_id and i.desired = 1 and i.how <> 2
                left join followed fu on fu.target = :target and fu.inner_id = i.user_id
                where fg.target = :target and fg.type = 'Group' and fg.due_at = :never
                and not exists (select 1 from member m
                  where m.group_id = fg.entry_id and m.user_id = fu.entry_id and m.desired = 1)
            ) differing limit :limit
            """)
        .bind("target", target)
        .bind("never", Followed.NOT_DUE.toEpochMilli())
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }
}
