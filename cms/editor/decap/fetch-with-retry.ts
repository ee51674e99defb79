const MAX_ATTEMPTS = 6;
const FIRST_DELAY_MS = 500;

/**
 * The bytes of a file, with up to six attempts and exponential backoff, 15.5 seconds of waiting in all.
 *
 * @throws the error of the last attempt
 */
export async function fetchWithRetry(url: string): Promise<ArrayBuffer> {
  for (let attempt = 1; ; attempt += 1)
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url} ${response.status}`);
      return await response.arrayBuffer();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_DELAY_MS * 2 ** (attempt - 1)));
    }
}
