-- partners: finding partners and contacts among a hundred thousand and a million, however they are spelled (docs/adr: names are found by words and their typos).

-- Letters as they are compared: lower case, without accents, Latin. What is ASCII already goes the short way: most names do.
create function partners.fold(given text) returns text language plpgsql immutable strict parallel safe as $$
declare folded text := lower(given);
begin
  if octet_length(folded) = length(folded) then
    return folded;
  end if;
  folded := translate(folded,
    'àáâãåāăąäçćčďèéêëēėęěğģìíîïīįıķĺļľñńņňòóôõöøōőŕřśşšșťţțùúûüūůűųýÿźżžłđð' || 'абвгдезийклмнопрстуфыэёіїєґ' || 'αβγδεζηικλμνοπρσςτυφωάέήίόύώ' || 'ъь',
    'aaaaaaaaacccdeeeeeeeeggiiiiiiiklllnnnnoooooooorrssssttt' || 'uuuuuuuuyyzzzldd' || 'abvgdeziiklmnoprstufyeeiieg' || 'abgdeziiklmnoprsstyfoaeiioyo');
  if octet_length(folded) = length(folded) then
    return folded;
  end if;
  folded := replace(replace(replace(replace(replace(folded, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ж', 'zh');
  folded := replace(replace(replace(replace(replace(folded, 'х', 'kh'), 'ц', 'ts'), 'ч', 'ch'), 'ш', 'sh'), 'щ', 'shch');
  folded := replace(replace(replace(replace(replace(folded, 'ю', 'yu'), 'я', 'ya'), 'χ', 'ch'), 'ψ', 'ps'), 'θ', 'th');
  if octet_length(folded) = length(folded) then
    return folded;
  end if;
  return lower(regexp_replace(normalize(folded, NFKD), '[\u0300-\u036f]', '', 'g'));
end $$;

-- The words of a text, folded; words with ä, ö, ü stand in both spellings (muller, mueller). The cost tells the planner never to call it row by row.
create function partners.words_of(given text) returns text[] language plpgsql immutable parallel safe cost 100000 as $$
declare
  signs constant text := E'.,;:-_@/\\()[]{}<>|&+*#!?=~^$%`\'"\u2018\u2019\u201c\u201d\u2013\u2014\u00ab\u00bb\n\t\r';
  text_of text := coalesce(given, '');
  variants text := '';
begin
  if octet_length(text_of) <> length(text_of) and lower(text_of) ~ '[äöü]' then
    variants := ' ' || replace(replace(replace(lower(text_of), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue');
  end if;
  return array_remove(string_to_array(translate(partners.fold(text_of || variants), signs, repeat(' ', length(signs))), ' '), '');
end $$;

create function partners.partner_words(name text, legal_name text, code text, website text, email text) returns text[]
  language plpgsql immutable parallel safe cost 100000 as $$
begin
  return partners.words_of(name || ' ' || legal_name || ' ' || code || ' ' || website || ' ' || email);
end $$;

create function partners.contact_words(name text, email text) returns text[] language plpgsql immutable parallel safe cost 100000 as $$
begin
  return partners.words_of(name || ' ' || email);
end $$;

create index partner_by_word on partners.partner using gin (partners.partner_words(name, legal_name, code, website, email))
  with (gin_pending_list_limit = 1024);
create index contact_by_word on partners.contact using gin (partners.contact_words(name, email)) with (gin_pending_list_limit = 1024);

-- Every word that stands somewhere, and each with one letter left out: two words that differ by one slip share such a form.
create table partners.search_word (
  word text primary key collate "C",
  uses bigint not null default 1            -- about how many records hold it: of words that are equally near, the usual one is meant
);
create index search_word_like on partners.search_word using gin (word public.gin_trgm_ops);
create table partners.search_typo (
  form text collate "C" not null,
  word text collate "C" not null,
  primary key (form, word)
);
-- Records that were written since the last look: their words are learned by a job, so that an import pays for an id and no change waits for another one.
create table partners.search_new (record_id text not null);

create function partners.forms_of(word text) returns setof text language sql immutable strict parallel safe as $$
  select word
  union
  select substr(word, 1, at - 1) || substr(word, at + 1) from generate_series(1, length(word)) at where length(word) between 3 and 20
$$;

create function partners.note_partner_words() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into partners.search_new (record_id) select fresh.partner_id from fresh;
  return null;
end $$;

create function partners.note_contact_words() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into partners.search_new (record_id) select fresh.contact_id from fresh;
  return null;
end $$;

create trigger partner_words_of_new after insert on partners.partner referencing new table as fresh
  for each statement execute function partners.note_partner_words();
create trigger partner_words_of_changed after update on partners.partner referencing new table as fresh
  for each statement execute function partners.note_partner_words();
create trigger contact_words_of_new after insert on partners.contact referencing new table as fresh
  for each statement execute function partners.note_contact_words();
create trigger contact_words_of_changed after update on partners.contact referencing new table as fresh
  for each statement execute function partners.note_contact_words();

-- Takes the words of records that are new or changed into the dictionary: the job's work, some thousands at a time. Returns how many records it took.
create function partners.learn_words(most integer default 20000) returns bigint language plpgsql set search_path = pg_catalog, pg_temp as $$
declare seen bigint;
begin
  with taken as (delete from partners.search_new where ctid = any(array(select ctid from partners.search_new limit most)) returning record_id),
       records as (select distinct record_id from taken),
       words as (
         select unnest(partners.partner_words(p.name, p.legal_name, p.code, p.website, p.email)) as word
           from partners.partner p join records on records.record_id = p.partner_id
         union all
         select unnest(partners.contact_words(c.name, c.email)) from partners.contact c join records on records.record_id = c.contact_id),
       counted as (select word, count(*) as uses from words where length(word) between 2 and 40 group by word),
       usual as (update partners.search_word known set uses = known.uses + counted.uses from counted where known.word = counted.word returning known.word),
       fresh as (
         insert into partners.search_word (word, uses) select word, uses from counted where word not in (select word from usual)
         on conflict do nothing returning word),
       forms as (
         insert into partners.search_typo (form, word) select form, fresh.word from fresh, partners.forms_of(fresh.word) form on conflict do nothing)
  select count(*) into seen from taken;
  return seen;
end $$;

insert into partners.search_new (record_id) select partner_id from partners.partner union all select contact_id from partners.contact;
do $$ begin
  while partners.learn_words() > 0 loop
  end loop;
end $$;

-- Lists of a scoped person in the order of names, and by what lists are narrowed to.
drop index partners.partner_by_region;
drop index partners.partner_by_owner;
drop index partners.contact_by_partner;
create index partner_by_region_name on partners.partner (region_id, name, partner_id);
create index partner_by_owner_name on partners.partner (owner_user_id, name, partner_id);
create index partner_by_country_name on partners.partner (country, name, partner_id);
create index partner_by_tag on partners.partner using gin (tags);
create index contact_by_partner_age on partners.contact (partner_id, contact_id);
