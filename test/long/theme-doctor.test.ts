process.env['TRIALS'] = 'all';

await import('../embed/doctor.test.ts');
