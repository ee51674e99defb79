const TRIES = 6;
const FIRST_WAIT_MS = 500;

/**
 * The bytes of a file that nothing works without, asked for again when the server or the network is short of breath:
 * six times within some 16 seconds.
 *
 * @throws the last failure
 */
export async function fetchWithRetry(url: string): Promise<ArrayBuffer> {
  for (let tries = 1; ; tries += 1)
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url} ${response.status}`);
      return await response.arrayBuffer();
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** (tries - 1)));
    }
}
