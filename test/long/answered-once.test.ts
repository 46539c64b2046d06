process.env['TRIALS'] = 'all';

await import('../journeys/answered-once.test.ts');
