process.env['TRIALS'] = 'all';

await import('../states/stories.test.ts');
await import('../states/walks.test.ts');
