import { STATUSES, type SupportErrorCode } from '@storefront-support/contract';
import { Hono } from 'hono';
import { EncodedText } from '../middleware/encoded-text.js';
import { TITLES } from '../middleware/errors.js';
import type { OwnOrigins } from '../middleware/origins.js';
import type { AppEnv } from '../ports.js';
import type { Answer, Operation } from './openapi-operation.js';
import { OPERATIONS } from './openapi-operations.js';

/** `GET /openapi.json`: OpenAPI 3.1, its schemas made from the ones that check the wire. */
export function openApiRoutes(own: OwnOrigins): Hono<AppEnv> {
  let answer: Promise<EncodedText> | undefined;
  return new Hono<AppEnv>().get('/openapi.json', async (c) => {
    answer ??= openApiDocument(own).then((document) => new EncodedText(JSON.stringify(document), 'application/json'));
    c.header('Cache-Control', 'no-cache');
    c.header('Access-Control-Allow-Origin', '*');
    return (await answer).answer(c);
  });
}

/** A JSON Schema as far as this server looks into it. */
export type JsonSchema = { [member: string]: unknown };

/** The document as far as this server looks into it. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: { [path: string]: { [method: string]: JsonSchema } };
  components: { schemas: { [name: string]: JsonSchema }; securitySchemes: JsonSchema };
}

/** @param own where the server is reached. */
export async function openApiDocument(own: OwnOrigins): Promise<OpenApiDocument> {
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of OPERATIONS) (paths[operation.path] ??= {})[operation.method] = describe(operation, own);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Storefront Support',
      version: '0.1.0',
      description: 'The public interface of the support counter. Errors are `application/problem+json` with a code of a closed set.',
    },
    servers: [{ url: own.url('public') }],
    paths,
    components: {
      schemas: await componentSchemas(),
      securitySchemes: {
        ticketSecret: {
          type: 'http',
          scheme: 'bearer',
          description: '256 random bits as 43 characters of base64url, made by the client with the draft. The server keeps its hash only.',
        },
        sessionToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'What opening a session answered: 43 characters of base64url. The server keeps its hash only.',
        },
        agentSession: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-support-agent',
          description:
            'What signing in at the inbox sets. Requests that may change something need Origin and Sec-Fetch-Site of the inbox’s own pages.',
        },
        vaultSession: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-support-vault',
          description:
            'What signing in at the agents’ vault page sets: `/v1/agent/sign-in` and `/v1/agent/sign-in/passkey` on that origin, never by a password alone. No key stands for it.',
        },
        vaultPass: {
          type: 'http',
          scheme: 'bearer',
          description:
            'What `…/passes` answered: 43 characters of base64url, for one request, half an hour. The server keeps its hash only.',
        },
        agentKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'A key for scripts of an agent: 43 characters of base64url. The server keeps its hash only.',
        },
      },
    },
  };
}

async function componentSchemas(): Promise<{ [name: string]: JsonSchema }> {
  const [{ registry, toJSONSchema }, wire, thread, agent, access] = await Promise.all([
    import('zod/v4/core'),
    import('@storefront-support/contract/schemas'),
    import('@storefront-support/contract/thread-schemas'),
    import('@storefront-support/contract/agent-schemas'),
    import('@storefront-support/contract/access-schemas'),
  ]);
  const names = registry<{ id: string }>();
  names
    .add(wire.deskSchema, { id: 'Desk' })
    .add(wire.contactSchema, { id: 'Contact' })
    .add(wire.businessHoursSchema, { id: 'BusinessHours' })
    .add(wire.slaPolicySchema, { id: 'SlaPolicy' })
    .add(wire.otherWaySchema, { id: 'OtherWay' })
    .add(wire.challengeAnswerSchema, { id: 'ChallengeAnswer' })
    .add(wire.createTicketSchema, { id: 'CreateTicket' })
    .add(wire.ticketDraftSchema, { id: 'TicketDraft' })
    .add(wire.requesterSchema, { id: 'Requester' })
    .add(wire.ticketSchema, { id: 'Ticket' })
    .add(wire.ticketReceiptSchema, { id: 'TicketReceipt' })
    .add(wire.ticketDetailSchema, { id: 'TicketDetail' })
    .add(wire.ticketDetailAnswerSchema, { id: 'TicketDetailAnswer' })
    .add(wire.attachmentSchema, { id: 'Attachment' })
    .add(thread.signInLinkRequestSchema, { id: 'SignInLinkRequest' })
    .add(thread.sessionRequestSchema, { id: 'SessionRequest' })
    .add(thread.sessionSchema, { id: 'Session' })
    .add(thread.openedSessionSchema, { id: 'OpenedSession' })
    .add(thread.sessionsAnswerSchema, { id: 'SessionsAnswer' })
    .add(thread.ticketSummarySchema, { id: 'TicketSummary' })
    .add(thread.ticketSummaryAnswerSchema, { id: 'TicketSummaryAnswer' })
    .add(thread.ticketPageSchema, { id: 'TicketPage' })
    .add(thread.threadMessageSchema, { id: 'ThreadMessage' })
    .add(thread.threadStatusChangeSchema, { id: 'ThreadStatusChange' })
    .add(thread.threadPageSchema, { id: 'ThreadPage' })
    .add(thread.replySchema, { id: 'Reply' })
    .add(thread.replyReceiptSchema, { id: 'ReplyReceipt' })
    .add(thread.ratingSchema, { id: 'Rating' })
    .add(thread.ticketChangesSchema, { id: 'TicketChanges' })
    .add(thread.attachmentLinkSchema, { id: 'AttachmentLink' })
    .add(agent.agentSchema, { id: 'Agent' })
    .add(agent.signInSchema, { id: 'AgentSignIn' })
    .add(agent.passkeySignInSchema, { id: 'PasskeySignIn' })
    .add(agent.passkeyOptionsSchema, { id: 'PasskeyOptions' })
    .add(agent.passkeyAnswerSchema, { id: 'PasskeyAnswer' })
    .add(agent.newPasskeySchema, { id: 'NewPasskey' })
    .add(agent.passkeySchema, { id: 'Passkey' })
    .add(agent.madePasskeySchema, { id: 'MadePasskey' })
    .add(agent.setUpSchema, { id: 'SetUp' })
    .add(agent.setUpAnswerSchema, { id: 'SetUpAnswer' })
    .add(agent.finishSetUpSchema, { id: 'FinishSetUp' })
    .add(agent.signedInSchema, { id: 'SignedIn' })
    .add(agent.agentSelfSchema, { id: 'AgentSelf' })
    .add(agent.agentSessionsSchema, { id: 'AgentSessions' })
    .add(agent.newAgentKeySchema, { id: 'NewAgentKey' })
    .add(agent.agentKeySchema, { id: 'AgentKey' })
    .add(agent.agentKeysSchema, { id: 'AgentKeys' })
    .add(agent.madeAgentKeySchema, { id: 'MadeAgentKey' })
    .add(agent.agentTicketSummarySchema, { id: 'AgentTicketSummary' })
    .add(agent.agentTicketPageSchema, { id: 'AgentTicketPage' })
    .add(agent.agentTicketDetailSchema, { id: 'AgentTicketDetail' })
    .add(agent.agentTicketAnswerSchema, { id: 'AgentTicketAnswer' })
    .add(agent.agentReplySchema, { id: 'AgentReply' })
    .add(agent.agentReplyReceiptSchema, { id: 'AgentReplyReceipt' })
    .add(agent.agentTicketChangeSchema, { id: 'AgentTicketChange' })
    .add(agent.openTicketSchema, { id: 'OpenTicket' })
    .add(agent.redactionSchema, { id: 'Redaction' })
    .add(access.accessRequestSchema, { id: 'AccessRequest' })
    .add(access.accessRecordSchema, { id: 'AccessRecord' })
    .add(access.ticketAccessSchema, { id: 'TicketAccess' })
    .add(access.accessRequestDraftSchema, { id: 'AccessRequestDraft' })
    .add(access.accessOfferSchema, { id: 'AccessOffer' })
    .add(access.accessRefusalSchema, { id: 'AccessRefusal' })
    .add(access.expiryChangeSchema, { id: 'ExpiryChange' })
    .add(access.afterCareDoneSchema, { id: 'AfterCareDone' })
    .add(access.accessRequestAnswerSchema, { id: 'AccessRequestAnswer' })
    .add(access.accessRecordAnswerSchema, { id: 'AccessRecordAnswer' })
    .add(access.vaultPassSchema, { id: 'VaultPass' })
    .add(access.vaultRequestSchema, { id: 'VaultRequest' })
    .add(access.heldRecordsSchema, { id: 'HeldRecords' })
    .add(access.accessMetaSchema, { id: 'AccessMeta' })
    .add(access.rewrapMetaSchema, { id: 'RewrapMeta' })
    .add(access.accessBindSchema, { id: 'AccessBind' })
    .add(access.revealSchema, { id: 'Reveal' })
    .add(access.accessRevealSchema, { id: 'AccessReveal' })
    .add(access.acknowledgementSchema, { id: 'Acknowledgement' })
    .add(access.auditEntrySchema, { id: 'AuditEntry' })
    .add(access.auditExportSchema, { id: 'AuditExport' })
    .add(access.vaultDeviceSchema, { id: 'VaultDevice' })
    .add(access.newVaultDeviceSchema, { id: 'NewVaultDevice' })
    .add(access.vaultDeviceAnswerSchema, { id: 'VaultDeviceAnswer' })
    .add(access.vaultRosterSchema, { id: 'VaultRoster' })
    .add(access.teamIdentitySchema, { id: 'TeamIdentity' })
    .add(access.teamIdentityAnswerSchema, { id: 'TeamIdentityAnswer' })
    .add(wire.fieldProblemSchema, { id: 'FieldProblem' })
    .add(wire.problemSchema, { id: 'Problem' });
  const { schemas } = toJSONSchema(names, { io: 'input', uri: (id) => `#/components/schemas/${id}` });
  const components: { [name: string]: JsonSchema } = {
    Status: { type: 'object', properties: { status: { type: 'string' } }, required: ['status'] },
    OpenApi: { type: 'object' },
    Empty: { type: 'object', maxProperties: 0 },
  };
  for (const [name, schema] of Object.entries(schemas)) {
    const { $schema: _dialect, $id: _id, id: _name, ...rest } = schema as JsonSchema;
    components[name] = rest;
  }
  return components;
}

const SECURITY = {
  secret: [{ ticketSecret: [] }],
  session: [{ sessionToken: [] }],
  either: [{ ticketSecret: [] }, { sessionToken: [] }],
  agent: [{ agentSession: [] }, { agentKey: [] }],
  'agent-session': [{ agentSession: [] }],
  'vault-session': [{ vaultSession: [] }],
  pass: [{ vaultPass: [] }],
};

function describe(operation: Operation, own: OwnOrigins): JsonSchema {
  const { id, summary, description, bearer, origin, parameters, body, answers, errors, pageErrors = [] } = operation;
  return {
    operationId: id,
    summary,
    ...(description !== undefined && { description }),
    ...(bearer && { security: SECURITY[bearer] }),
    ...(origin && { servers: [{ url: own.url(origin) }] }),
    ...(parameters && { parameters }),
    ...(body && {
      requestBody: {
        description: body.description,
        required: body.required,
        content: { [body.media ?? 'application/json']: body.schema === undefined ? {} : { schema: reference(body.schema) } },
      },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, describeAnswer(answer)])),
      ...describeErrors(errors, { 'application/problem+json': { schema: reference('Problem') } }),
      ...describeErrors(pageErrors, { 'text/html': { schema: { type: 'string' } } }),
    },
  };
}

function describeAnswer({ description, schema, media, headers }: Answer): JsonSchema {
  const type = media ?? (schema === undefined ? undefined : 'application/json');
  return {
    description,
    ...(headers && {
      headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: 'string' } }])),
    }),
    ...(type !== undefined && { content: { [type]: { schema: schema === undefined ? { type: 'string' } : reference(schema) } } }),
  };
}

function describeErrors(codes: SupportErrorCode[], content: JsonSchema): JsonSchema {
  const byStatus = new Map<number, Set<SupportErrorCode>>();
  for (const code of codes) {
    const status = STATUSES[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  return Object.fromEntries(
    [...byStatus].map(([status, these]) => [
      String(status),
      {
        description: [...these].map((code) => `\`${code}\`: ${TITLES[code]}`).join('; '),
        ...((status === 429 || status === 503) && {
          headers: { 'Retry-After': { description: 'Seconds until a retry is welcome.', schema: { type: 'integer' } } },
        }),
        content,
      },
    ]),
  );
}

function reference(schema: string): JsonSchema {
  return { $ref: `#/components/schemas/${schema}` };
}
