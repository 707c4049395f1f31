-- Who a session belongs to, with the roles in force and how much is new, in one statement: every request of somebody who is signed in
-- asks for it. Memberships and notices are read as the system for the time of the function; it tells of the session's own person only.
create function signed_in(session_token text) returns jsonb language plpgsql as $$
declare
  scope_before text := current_setting('tessera.scope', true);
  found jsonb;
begin
  perform set_config('tessera.scope', 'network', true);
  select jsonb_build_object(
    'sessionId', s.id,
    'endsAt', s.expires_at,
    'person', jsonb_build_object(
      'id', p.id, 'name', p.name, 'email', p.email, 'language', p.language, 'isDemo', p.is_demo,
      'memberships', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'id', m.id, 'role', m.role, 'cityId', m.city_id,
          'rights', (select coalesce(jsonb_agg(r."right" order by r."right"), '[]') from partner_rights r
            where r.membership_id = m.id and r.revoked_at is null)) order by m.created_at, m.id), '[]')
        from memberships m where m.person_id = p.id and m.ended_at is null)),
    'news', (select count(*) from notices n where n.person_id = p.id and n.seen_at is null and n.withdrawn_at is null))
  into found
  from sessions s join people p on p.id = s.person_id
  where s.token = session_token;
  perform set_config('tessera.scope', coalesce(scope_before, ''), true);
  return found;
end $$;
--> statement-breakpoint
comment on function signed_in(text) is 'Session, person, roles in force and number of unseen notices behind the token of a session; null when there is none.';
