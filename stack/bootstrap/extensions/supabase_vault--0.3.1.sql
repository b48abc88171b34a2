-- Stand-in for supabase_vault 0.3: the same functions, view and rights. The key lies in a file beside the
-- cluster (vault.key in the server's data directory), not in the database; a server that is not ours, and has
-- no such file, keeps it in vault._local_key, which only the owner can read. The schema is made by the control
-- file.

create table vault.secrets (
  id uuid primary key default gen_random_uuid(),
  name text,
  description text not null default '',
  secret text not null,
  key_id uuid,
  nonce bytea,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null default current_timestamp
);
create unique index secrets_name_idx on vault.secrets (name) where name is not null;

create table vault._local_key (key text not null);
revoke all on vault._local_key from public;

create function vault._crypto_key() returns text language plpgsql stable set search_path = '' as $$
begin
  return coalesce(
    pg_catalog.btrim(pg_catalog.pg_read_file('vault.key', 0, 1024, true), E' \n'),
    (select key from vault._local_key limit 1)
  );
end
$$;

create function vault._encrypt(plaintext text) returns text
  language sql volatile security definer set search_path = '' as $$
  select pg_catalog.encode(
    extensions.pgp_sym_encrypt(plaintext, vault._crypto_key(), 'cipher-algo=aes256, compress-algo=0, s2k-mode=1'),
    'base64'
  )
$$;

create function vault._decrypt(ciphertext text) returns text
  language sql stable security definer set search_path = '' as $$
  select extensions.pgp_sym_decrypt(pg_catalog.decode(ciphertext, 'base64'), vault._crypto_key())
$$;

create view vault.decrypted_secrets as
  select id, name, description, secret, vault._decrypt(secret) as decrypted_secret,
    key_id, nonce, created_at, updated_at
  from vault.secrets;

create function vault.create_secret(
  new_secret text,
  new_name text default null,
  new_description text default '',
  new_key_id uuid default null
) returns uuid language sql security definer set search_path = '' as $$
  insert into vault.secrets (secret, name, description)
  values (vault._encrypt(new_secret), new_name, coalesce(new_description, ''))
  returning id
$$;

create function vault.update_secret(
  secret_id uuid,
  new_secret text default null,
  new_name text default null,
  new_description text default null,
  new_key_id uuid default null
) returns void language sql security definer set search_path = '' as $$
  update vault.secrets
  set secret = case when new_secret is null then secret else vault._encrypt(new_secret) end,
      name = coalesce(new_name, name),
      description = coalesce(new_description, description),
      updated_at = now()
  where id = secret_id
$$;

revoke execute on function vault._crypto_key() from public;
revoke execute on function vault._encrypt(text) from public;
revoke execute on function vault._decrypt(text) from public;
revoke execute on function vault.create_secret(text, text, text, uuid) from public;
revoke execute on function vault.update_secret(uuid, text, text, text, uuid) from public;

-- A view checks the rights on its functions against whoever reads it.
grant execute on function vault._decrypt(text) to postgres, service_role;
