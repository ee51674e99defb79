/** An error that the user can fix: its Chinese message is printed without a stack trace. */
export class LaunchError extends Error {}
