const INHERITING_LOOP = /for \(const (\w+) in (\w+)\)/g;

/** Zod walks objects with `for…in`, which finds what a page has put on `Object.prototype`: its own schemas then break. */
export const ownKeys = () => ({
  name: 'own-keys',
  transform(code, id) {
    if (!/\/zod\/v4\/core\/\w+\.js$/.test(id) || !INHERITING_LOOP.test(code)) return null;
    return { code: code.replace(INHERITING_LOOP, 'for (const $1 of Object.keys($2))'), map: null };
  },
});
