export const serveFlags: readonly string[];
