process.env['TRIALS'] = 'all';

await import('../journeys/false-receipts.test.ts');
