import type { Compilable, CompiledQuery, DialectAdapter, Kysely, QueryResult } from 'kysely';
import type { Database } from './schema.js';

class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A query that is built once for each engine and afterwards only bound: building costs several times what SQLite needs to run it. */
export type RunCompiled<V extends object, Row> = (db: Kysely<Database>, values: V) => Promise<QueryResult<Row>>;

/**
 * Prepares a query for many runs.
 *
 * @param build is called once, with a stand-in for every value; each must end up as a bound parameter, so it cannot depend on
 *   what the values are.
 */
export function compileOnce<V extends object>() {
  return <Row>(build: (db: Kysely<Database>, values: V) => Compilable<Row>): RunCompiled<V, Row> => {
    const known = new WeakMap<DialectAdapter, CompiledQuery<Row>>();
    return async (db, values) => {
      const { adapter } = db.getExecutor();
      let compiled = known.get(adapter);
      if (!compiled) known.set(adapter, (compiled = build(db, standIns<V>()).compile()));
      const { parameters: slots } = compiled;
      const parameters = slots.map((parameter) => (parameter instanceof Placeholder ? values[parameter.name as keyof V] : parameter));
      return db.executeQuery<Row>({ ...compiled, parameters });
    };
  };
}

function standIns<V extends object>(): V {
  return new Proxy({} as V, { get: (_target, name) => new Placeholder(String(name)) });
}
