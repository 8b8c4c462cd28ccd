import { rows, sql } from '#core/database'

/**
 * What must hold of customers, their identifiers and their merges whoever did what at the same moment (F26, F27), in one question to the
 * database. Answers what does not, in words.
 */
export async function personsBroken(): Promise<string[]> {
  const found = await rows<{ wrong: string }>(
    sql`select 'user ' || a.user_id || ' leads to ' || a.canonical_id || ', who leads on' as wrong
        from user_aliases a join user_aliases next on next.user_id = a.canonical_id
      union all
      select 'user ' || a.user_id || ' leads to ' || a.canonical_id || ', who is gone'
        from user_aliases a join users u on u.id = a.canonical_id where u.deleted_at is not null
      union all
      select 'user ' || u.id || ' is merged and leads nowhere, or leads somewhere and is not merged'
        from users u left join user_aliases a on a.user_id = u.id
        where (u.merged_into_id is not null and u.deleted_at is not null) is distinct from (a.user_id is not null)
      union all
      select 'user ' || u.id || ' goes round in circles' from users u where exists (
        with recursive way as (
          select u.merged_into_id as id, 1 as steps
          union all
          select w.merged_into_id, way.steps + 1 from way join users w on w.id = way.id where way.steps < 100 and w.merged_into_id is not null
        ) select from way where way.id = u.id
      )
      union all
      select 'user ' || a.user_id || ' has ' || count(m.id) || ' merges in force'
        from user_aliases a left join user_merges m on m.merged_id = a.user_id and m.undone_at is null group by a.user_id having count(m.id) <> 1
      union all
      select i.type || ' ' || i.value || ' lies with user ' || i.user_id || ', who is somebody else now'
        from user_identifiers i join user_aliases a on a.user_id = i.user_id
      union all
      select o.type || ' ' || o.value || ' is owned by user ' || o.user_id || ', who is somebody else now'
        from identifier_owners o join user_aliases a on a.user_id = o.user_id
      union all
      select i.type || ' ' || i.value || ' counts for user ' || i.user_id || ', whose it is not'
        from user_identifiers i left join identifier_owners o on o.type = i.type and o.value = i.value
        where (i.active or i.confirmed) and o.user_id is distinct from i.user_id
          and not (i.confirmed and not i.active and o.user_id is not null)
      union all
      select o.type || ' ' || o.value || ' is owned by user ' || o.user_id || ', who has it not'
        from identifier_owners o where not exists (
          select from user_identifiers i where i.user_id = o.user_id and i.type = o.type and i.value = o.value
        )
      union all
      select i.type || ' of user ' || i.user_id || ': ' || count(*) filter (where i.active) || ' are active'
        from user_identifiers i join identifier_owners o on o.type = i.type and o.value = i.value and o.user_id = i.user_id
        group by i.user_id, i.type having count(*) filter (where i.active) <> 1
      union all
      select 'user ' || a.canonical_id || ' agrees to what user ' || a.user_id || ' refused: ' || word.kind
        from user_aliases a join users was on was.id = a.user_id join users person on person.id = a.canonical_id
        cross join lateral (values ('personal_data', was.personal_data_agree, person.personal_data_agree),
          ('communication', was.communication_agree, person.communication_agree)) word (kind, former, present)
        where word.present and not word.former
          and not exists (select from consent_log l where l.user_id = person.id and l.kind = word.kind and l.value and l.created_at > a.created_at)
      union all
      select 'user ' || a.canonical_id || ' gets what user ' || a.user_id || ' left'
        from user_aliases a join user_unsubscribes x on x.user_id = a.user_id
        where not exists (
          select from user_unsubscribes y where y.user_id = a.canonical_id
            and y.channel_id is not distinct from x.channel_id and y.category_id is not distinct from x.category_id
        ) and not exists (
          select from consent_log l where l.user_id = a.canonical_id and l.kind = 'unsubscribe' and not l.value and l.created_at > a.created_at
        )`
  )
  return found.map(({ wrong }) => wrong)
}
