/**
 * Asks who is signed in here. For the same person as before every form of the page gets the new session's token, so that it can go on;
 * for somebody else nothing is touched: their name must not stand under these words.
 */
export async function renewSession(person: string): Promise<'same' | 'other' | 'nobody'> {
  try {
    const answer = await fetch('/desk/session', { headers: { accept: 'application/json', 'x-onrecord-passive': 'yes' }, redirect: 'error' });
    if (!answer.ok) return 'nobody';
    const { id, csrf }: { id: string; csrf: string } = await answer.json();
    if (id !== person) return 'other';
    for (const token of document.querySelectorAll<HTMLInputElement>('input[name=_csrf]')) token.value = csrf;
    return 'same';
  } catch {
    return 'nobody';
  }
}
