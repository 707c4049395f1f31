-- Two people freeze a questionnaire into a wave: one asks, another confirms. Waves that are entered frozen, as those of a
-- demonstration or of earlier years are, never were planned here.
comment on column waves.freeze_asked_at is 'when somebody asked for freezing; somebody else confirms';
--> statement-breakpoint
comment on column waves.freeze_asked_by is 'who asked for freezing; never who froze it';
--> statement-breakpoint
comment on column waves.freeze_asked_for is 'version of the questionnaire that was asked for';
--> statement-breakpoint
create function wave_four_eyes() returns trigger language plpgsql as $$
begin
  if old.frozen_at is null and new.frozen_at is not null
    and (new.frozen_by is null or old.freeze_asked_by is null or new.frozen_by = old.freeze_asked_by
      or new.freeze_asked_by is distinct from old.freeze_asked_by or new.instrument_version_id is distinct from old.freeze_asked_for) then
    raise exception 'a questionnaire is frozen by somebody else than who asked for it before' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger four_eyes before update on waves for each row execute function wave_four_eyes();
