import { buildSandbox } from './app.ts';
import { configFrom, SandboxEnvironment } from './config.ts';

const environment = SandboxEnvironment.safeParse(process.env);
if (!environment.success) {
  const wrong = environment.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  console.error(['Cannot start, the environment is wrong:', ...wrong].join('\n'));
  process.exit(1);
}

const sandbox = buildSandbox(configFrom(environment.data));
await sandbox.start();
console.log(`Amazon sandbox: ${sandbox.url} (demo credentials: ${sandbox.url}/sandbox/sellers)`);

const stop = (): void => {
  sandbox.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
