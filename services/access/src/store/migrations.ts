import type { MigrationInterface, QueryRunner } from 'typeorm';

class Access1764400000000 implements MigrationInterface {
  name = 'Access1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    // Nobody is deleted: what somebody has done stays his. `stores` is "*" or a list.
    await runner.query(`create table person (
      id uuid primary key,
      email text not null unique,
      name text not null,
      state text not null check (state in ('invited', 'enabled', 'disabled')),
      role text not null check (role in ('viewer', 'operator', 'accountant', 'admin')),
      permissions text[] not null,
      stores jsonb not null,
      passwords text[] not null,
      password_set_at timestamptz,
      totp text,
      totp_offered text,
      totp_step bigint not null,
      recovery_codes text[] not null,
      identity text unique,
      by_claims boolean not null,
      created_at timestamptz not null,
      created_by text not null,
      last_sign_in_at timestamptz,
      check (not ('manage-access' = any(permissions)) or stores = '"*"'))`);
    // Who is left to let others in: few, and asked for at each change of rights.
    await runner.query(`create index person_managers on person (id) where state = 'enabled' and 'manage-access' = any(permissions)`);

    // Without a person: it makes the first administrator.
    await runner.query(`create table one_time_link (
      hash text primary key,
      person_id uuid unique nulls not distinct references person,
      created_at timestamptz not null,
      expires_at timestamptz not null)`);

    // The cookie itself is nowhere, only its hash.
    await runner.query(`create table session (
      id uuid primary key,
      hash text not null unique,
      person_id uuid not null references person,
      stage text not null check (stage in ('code', 'enrolment', 'password', 'open')),
      method text not null check (method in ('password', 'oidc', 'link')),
      return_to text,
      browser text not null,
      created_at timestamptz not null,
      last_seen_at timestamptz not null,
      ends_at timestamptz not null)`);
    // Somebody's sessions: to show them and to end them.
    await runner.query(`create index session_person on session (person_id)`);
    // The purge.
    await runner.query(`create index session_ends on session (ends_at)`);

    // By the hash of what was tried: whether there is such an account makes no difference.
    await runner.query(`create table sign_in_attempt (
      subject text primary key,
      failures int not null,
      locks int not null,
      locked_until timestamptz,
      last_at timestamptz not null) with (fillfactor = 70)`);
    await runner.query(`create index sign_in_attempt_age on sign_in_attempt (last_at)`);

    // Somebody is at the OpenID provider, and will come back to the same browser.
    await runner.query(`create table oidc_visit (
      state_hash text primary key,
      cookie_hash text not null,
      nonce text not null,
      verifier text not null,
      return_to text,
      expires_at timestamptz not null)`);

    await runner.query(`create table api_key (
      id text primary key,
      secret_hash text not null,
      name text not null,
      maker_id uuid not null references person,
      permissions text[] not null,
      stores jsonb not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      last_used_at timestamptz,
      revoked_at timestamptz,
      revoked_by text) with (fillfactor = 80)`);

    await runner.query(`create table signing_key (
      id text primary key,
      public_key jsonb not null,
      sealed text not null,
      created_at timestamptz not null,
      signs_from timestamptz not null)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table signing_key, api_key, oidc_visit, sign_in_attempt, session, one_time_link, person');
  }
}

export const migrations = [Access1764400000000];
