/** The longest AT command through a 4,096-byte AT host, its terminator not counted (HOST-07, HOST-08): what is longer loses its end without a word. */
export const longestCommand = 4095
/** The longest password of an encrypted private key, characters (PEM-38). */
export const longestPassword = 32
/** The largest certificate chain that the modem takes from a server, bytes (PEM-34); a stored one above it has crashed a modem when read back. */
export const longestChain = 4096
/** The largest TLS record that the modem takes, bytes (TLS-05). */
export const longestRecord = 2048
