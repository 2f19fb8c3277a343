import { complain } from './command.ts';

/** Ends when the server has drained after SIGTERM or SIGINT. A second signal ends the process at once, and so do 15 seconds. */
export function closeOnSignal(server: { close(notReadyMs?: number): Promise<void> }, notReadyMs?: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let since: number | null = null;
    const onSignal = (): void => {
      // npm passes on the Ctrl-C that the terminal has sent us already: that is one signal, not two.
      if (since !== null && performance.now() - since > 1_000) process.exit(1);
      if (since !== null) return;
      since = performance.now();
      setTimeout(() => {
        complain('onrecord: could not end in 15 seconds');
        process.exit(1);
      }, 15_000).unref();
      server.close(notReadyMs).then(resolve, reject);
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}
