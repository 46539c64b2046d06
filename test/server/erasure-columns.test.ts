import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { openSqlStore } from '../../packages/server/dist/store/sql-store.js';

/**
 * What becomes of each column when a person is erased. A new column belongs into one of the rows, and into the code that keeps the word.
 * `gone`: the row goes, where it is theirs. `emptied`: its words go. `stays`: it says nothing about anybody.
 */
const COLUMNS: { [fate: string]: { [table: string]: string } } = {
  gone: {
    idempotency_key: 'desk_id secret_hash key body_hash status answer created_at',
    session: 'desk_id id token_hash via requester_id created_at last_used_at expires_at',
    session_ticket: 'desk_id session_id ticket_id',
    upload:
      'desk_id id secret_hash contact_id name size offset type expected_sha256 sha256 ticket_id message_id position quota_key created_at expires_at metadata',
    outbox:
      'desk_id id ticket_id kind message_id recipient_key state attempts due_at lease_until lease_id last_error created_at seq link_id',
    access_request: 'desk_id id ticket_id state kinds reason begun_by agent_id created_at answer_until needed_until ended_at',
    access_record:
      'desk_id id ticket_id request_id kind state epoch created_at expires_at max_reveals reveals failures lease_reveal lease_agent_id lease_purpose lease_until ended_at receipt bytes file_bytes header bind superseded_by after_care after_care_open reminders revision',
    access_payload: 'desk_id record_id bytes',
    access_reveal: 'desk_id id ticket_id record_id agent_id purpose request_key created_at outcome',
    access_pass: 'desk_id token_hash ticket_id request_id origin created_at expires_at',
    access_audit:
      'desk_id ticket_id seq at event actor_kind actor_id actor_name reason request_id record_id epoch client network prev hash',
    held_ticket:
      'desk_id id token_hash request_hash address_hash mailbox_hash waiting_for secret_hash state draft locale file_bytes ticket_id answer created_at expires_at',
    sign_in_link: 'desk_id id token_hash browser_hash address_hash mailbox_hash requester_id locale mailed created_at expires_at spent_at',
  },
  emptied: {
    requester: 'email_key email name verified',
    ticket: 'subject order_reference secret_hash rating_comment assignee_email assignee_comment access',
    message: 'author_id text',
    status_change: 'actor_id reason',
    // by triggers, together with the text that the words are of
    search_text: 'words',
  },
  stays: {
    requester: 'desk_id id created_at',
    ticket:
      'desk_id id number requester_id contact_id kind status locale created_at updated_at first_response_due_at last_seq public_seq seen_seq unread first_responded_at closed_at rated_at waiting_for rating_score assignee_id',
    ticket_tag: 'desk_id ticket_id tag',
    message: 'desk_id id ticket_id seq author_kind visibility created_at',
    status_change: 'desk_id ticket_id seq actor_kind status created_at',
    search_text: 'id desk_id ticket_id message_id scopes created_at',
    spent_proof: 'desk_id signature expires_at',
    spent_identity_token: 'desk_id jti_hash expires_at',
    installation: 'name value created_at',
  },
};
/** The engine's own tables behind the index over `search_text.words`, which follows that column. */
const INDEX = /^search_index(_\w+)?$/;
const ABOUT_AGENTS = /^(agent(_.*)?|passkey(_challenge)?|vault_device|team_identity|kysely_migration(_lock)?)$/;

it('knows of every column what an erasure does with it', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-columns-'));
  t.after(() => rm(folder, { recursive: true }));
  await (await openSqlStore(folder)).close();
  const database = new DatabaseSync(path.join(folder, 'support.sqlite'), { readOnly: true });
  t.after(() => database.close());
  const there = database
    .prepare("select m.name as place, c.name as name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'")
    .all()
    .filter(({ place }) => !ABOUT_AGENTS.test(String(place)) && !INDEX.test(String(place)))
    .map(({ place, name }) => `${String(place)}.${String(name)}`);
  const known = Object.values(COLUMNS).flatMap((tables) =>
    Object.entries(tables).flatMap(([place, names]) => names.split(' ').map((name) => `${place}.${name}`)),
  );
  assert.deepEqual(there.sort(), known.sort());
});
