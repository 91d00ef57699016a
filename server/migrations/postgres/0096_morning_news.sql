-- morning: news are read together. Whoever asks within three seconds of the first is part of the same job; one that runs already is followed by another.
create function morning.ask_for_news(sources text[]) returns void
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  select graphile_worker.add_job(identifier => 'morning.news', payload => to_json(sources), run_at => now() + interval '3 seconds',
    job_key => 'morning.news', job_key_mode => 'preserve_run_at')
$$;
