process.env['STEPS'] ??= '20000';

await import('../server/model/model.test.ts');
