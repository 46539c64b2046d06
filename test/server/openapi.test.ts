import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { STATUSES, type SupportErrorCode } from '@storefront-support/contract';
import { openBareApp, type BareApp } from '../support/bare-app.ts';

interface Operation {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: object };
  responses: { [status: string]: { description: string; content?: { [media: string]: { schema: object } }; headers?: object } };
}

interface Document {
  openapi: string;
  info: { title: string; version: string };
  servers: { url: string }[];
  paths: { [path: string]: { [method: string]: Operation } };
  components: { schemas: { [name: string]: object }; securitySchemes: object };
}

describe('openapi', () => {
  let bare: BareApp;
  let document: Document;
  let text: string;

  before(async () => {
    bare = await openBareApp({ publicUrl: 'https://support.shop.example/' });
    const answer = await bare.app.fetch(new Request('http://localhost:8480/openapi.json'));
    assert.equal(answer.status, 200);
    text = await answer.text();
    document = JSON.parse(text) as Document;
  });
  after(() => bare.close());

  const operations = () =>
    Object.entries(document.paths).flatMap(([route, item]) =>
      Object.entries(item).map(([method, operation]) => ({ route, method, operation })),
    );

  it('is a document of version 3.1 that names its server', () => {
    assert.match(document.openapi, /^3\.1\.\d+$/);
    assert.ok(document.info.title && document.info.version);
    assert.deepEqual(document.servers, [{ url: 'https://support.shop.example' }]);
  });

  it('describes every route that there is, and no other', () => {
    const served = new Set<string>();
    for (const { method, path: route } of bare.app.routes) {
      if (method === 'ALL' || route.startsWith('/dev/')) continue;
      for (const variant of route.endsWith('/:id?') ? [route.slice(0, -5), route.slice(0, -1)] : [route]) {
        // the framework has no HEAD of its own: the uploads' one is registered as GET and answers HEAD alone
        const real = method === 'GET' && variant.endsWith('/uploads/:id') ? 'HEAD' : method;
        served.add(`${real} ${variant.replace(/\/$/, '').replace(/:(\w+)/g, '{$1}')}`);
      }
    }
    assert.deepEqual(new Set(operations().map(({ route, method }) => `${method.toUpperCase()} ${route}`)), served);
  });

  it('resolves every reference', () => {
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] as string);
    assert.ok(references.length > 20);
    for (const reference of references) {
      assert.match(reference, /^#\/components\/schemas\/\w+$/);
      assert.ok(Object.hasOwn(document.components.schemas, reference.split('/').at(-1) as string), reference);
    }
  });

  it('gives each operation an id of its own, its path members and a described answer for each status', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    assert.equal(new Set(ids).size, ids.length);
    for (const { route, operation } of operations()) {
      const members = [...route.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      assert.deepEqual(
        declared.map(({ name }) => name),
        members,
      );
      assert.ok(declared.every(({ required }) => required));
      assert.ok(Object.keys(operation.responses).some((status) => status.startsWith('2')));
      for (const [status, { description }] of Object.entries(operation.responses)) {
        assert.match(status, /^[2-5]\d\d$/);
        assert.ok(description.length > 0);
      }
    }
  });

  it('describes errors as problems, or as pages where a form without a script posts, and when a retry is welcome', () => {
    const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
    const page = { 'text/html': { schema: { type: 'string' } } };
    for (const { operation } of operations()) {
      const pages = ['postTicketForm', 'getConfirmPage', 'confirmTicket'].includes(operation.operationId);
      for (const [status, { content, headers }] of Object.entries(operation.responses)) {
        if (Number(status) < 400) continue;
        assert.ok(
          [problem, ...(pages ? [page] : [])].some((one) => JSON.stringify(one) === JSON.stringify(content)),
          operation.operationId,
        );
        if (status === '429' || status === '503') assert.ok(headers && 'Retry-After' in headers);
      }
    }
  });

  it('names every code that travels', () => {
    for (const code of Object.keys(STATUSES) as SupportErrorCode[]) if (STATUSES[code] > 0) assert.ok(text.includes(`\`${code}\``), code);
  });

  it('shows the same on a page with a strict policy and no script', async () => {
    const answer = await bare.app.fetch(new Request('http://localhost:8480/docs'));
    assert.equal(answer.status, 200);
    assert.match(String(answer.headers.get('content-security-policy')), /^default-src 'none'; style-src 'sha256-[^']+';/);
    const page = await answer.text();
    assert.ok(!/<script|style=|\son\w+=/i.test(page));
    for (const { route } of operations()) assert.ok(page.includes(`<code>${route}</code>`), route);
    for (const name of Object.keys(document.components.schemas)) assert.ok(page.includes(`id="${name}"`), name);
    for (const target of [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1] as string))
      assert.ok(page.includes(`id="${target}"`), target);
  });
});
