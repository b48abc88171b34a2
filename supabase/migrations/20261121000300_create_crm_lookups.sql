-- CRM look-up lists, each owned and edited by its user. A new account starts with thirteen product statuses.

create table public.crm_statuses (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  name text not null,
  color text not null default '#64748b',
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, id),
  unique (user_id, name),
  constraint name_is_short_and_not_blank check (char_length(name) between 1 and 60 and name = trim(name)),
  constraint color_is_hex_rgb check (color ~ '^#[0-9a-f]{6}$'),
  constraint position_is_not_negative check (position >= 0)
);

create table public.crm_owners (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, id),
  unique (user_id, name),
  constraint name_is_short_and_not_blank check (char_length(name) between 1 and 60 and name = trim(name))
);

create table public.crm_collaboration_types (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, id),
  unique (user_id, name),
  constraint name_is_short_and_not_blank check (char_length(name) between 1 and 60 and name = trim(name))
);

create table public.crm_contact_sources (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, id),
  unique (user_id, name),
  constraint name_is_short_and_not_blank check (char_length(name) between 1 and 60 and name = trim(name))
);

create table public.crm_marketplaces (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, id),
  unique (user_id, name),
  constraint name_is_short_and_not_blank check (char_length(name) between 1 and 60 and name = trim(name))
);

create index crm_statuses_user_id_position_idx on public.crm_statuses (user_id, position);

comment on table public.crm_statuses is
  'Stages of a product, in the order of position; every account starts with thirteen.';
comment on table public.crm_owners is
  'Whose face or brand a product video belongs to.';
comment on table public.crm_collaboration_types is
  'Solo, split, consignment and so on.';
comment on table public.crm_contact_sources is
  'Where a brand contact came from.';
comment on table public.crm_marketplaces is
  'Where a product is sold again, for example eBay. Not an Amazon task marketplace.';

revoke all on
  public.crm_statuses,
  public.crm_owners,
  public.crm_collaboration_types,
  public.crm_contact_sources,
  public.crm_marketplaces
  from public, anon, authenticated, service_role;

grant select, delete on
  public.crm_statuses,
  public.crm_owners,
  public.crm_collaboration_types,
  public.crm_contact_sources,
  public.crm_marketplaces
  to authenticated;

grant select, insert, update, delete on
  public.crm_statuses,
  public.crm_owners,
  public.crm_collaboration_types,
  public.crm_contact_sources,
  public.crm_marketplaces
  to service_role;

grant insert (user_id, name, color, position), update (name, color, position)
  on public.crm_statuses to authenticated;
grant insert (user_id, name), update (name)
  on public.crm_owners to authenticated;
grant insert (user_id, name), update (name)
  on public.crm_collaboration_types to authenticated;
grant insert (user_id, name), update (name)
  on public.crm_contact_sources to authenticated;
grant insert (user_id, name), update (name)
  on public.crm_marketplaces to authenticated;

alter table public.crm_statuses enable row level security;
create policy "Users read their own statuses" on public.crm_statuses
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users add their own statuses" on public.crm_statuses
  for insert to authenticated with check ((select auth.uid()) = user_id);
create policy "Users change their own statuses" on public.crm_statuses
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "Users delete their own statuses" on public.crm_statuses
  for delete to authenticated using ((select auth.uid()) = user_id);

alter table public.crm_owners enable row level security;
create policy "Users read their own owners" on public.crm_owners
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users add their own owners" on public.crm_owners
  for insert to authenticated with check ((select auth.uid()) = user_id);
create policy "Users change their own owners" on public.crm_owners
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "Users delete their own owners" on public.crm_owners
  for delete to authenticated using ((select auth.uid()) = user_id);

alter table public.crm_collaboration_types enable row level security;
create policy "Users read their own collaboration types" on public.crm_collaboration_types
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users add their own collaboration types" on public.crm_collaboration_types
  for insert to authenticated with check ((select auth.uid()) = user_id);
create policy "Users change their own collaboration types" on public.crm_collaboration_types
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "Users delete their own collaboration types" on public.crm_collaboration_types
  for delete to authenticated using ((select auth.uid()) = user_id);

alter table public.crm_contact_sources enable row level security;
create policy "Users read their own contact sources" on public.crm_contact_sources
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users add their own contact sources" on public.crm_contact_sources
  for insert to authenticated with check ((select auth.uid()) = user_id);
create policy "Users change their own contact sources" on public.crm_contact_sources
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "Users delete their own contact sources" on public.crm_contact_sources
  for delete to authenticated using ((select auth.uid()) = user_id);

alter table public.crm_marketplaces enable row level security;
create policy "Users read their own sales marketplaces" on public.crm_marketplaces
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users add their own sales marketplaces" on public.crm_marketplaces
  for insert to authenticated with check ((select auth.uid()) = user_id);
create policy "Users change their own sales marketplaces" on public.crm_marketplaces
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "Users delete their own sales marketplaces" on public.crm_marketplaces
  for delete to authenticated using ((select auth.uid()) = user_id);

create trigger crm_statuses_set_updated_at before update on public.crm_statuses
  for each row execute function private.set_updated_at();
create trigger crm_owners_set_updated_at before update on public.crm_owners
  for each row execute function private.set_updated_at();
create trigger crm_collaboration_types_set_updated_at before update on public.crm_collaboration_types
  for each row execute function private.set_updated_at();
create trigger crm_contact_sources_set_updated_at before update on public.crm_contact_sources
  for each row execute function private.set_updated_at();
create trigger crm_marketplaces_set_updated_at before update on public.crm_marketplaces
  for each row execute function private.set_updated_at();
