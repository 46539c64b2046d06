process.env['TRIALS'] = 'all';

await import('../journeys/hostile-vault.test.ts');
