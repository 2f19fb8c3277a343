export const serveFlags: readonly string[];
export const environment: Readonly<Record<'UV_THREADPOOL_SIZE' | 'NODE_COMPILE_CACHE', string>>;
export const serveEnvironment: Readonly<Record<string, string>>;
