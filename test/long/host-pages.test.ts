process.env['TRIALS'] = 'all';

await import('../embed/host-pages.test.ts');
