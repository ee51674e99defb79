import { networkOf, widerNetworkOf } from '../network-address.ts';
import { hourlyCounter } from './limit.ts';

/**
 * Who may send a request in a busy hour. A crowd must not close the form for the schools: each network has a share, and
 * what comes beyond the usual number is taken with a mark that tells the office to look closely, up to a bound.
 */

/** From one address (an IPv6 address stands for its /64): a school with several classes. */
export const MOST_EACH = 6;
/** From one network (an IPv4 /24): beyond its share with the mark, then not at all. */
export const NETWORK_SHARE = 24;
const MOST_OF_NETWORK = 60;
/** In all: beyond the first number with the mark, beyond the second only from networks that sent none yet. */
export const USUAL_IN_ALL = 120;
const FAIR_IN_ALL = 600;
/** A request takes some two kilobytes on the disk, and a person has to read it. */
export const MOST_IN_ALL = 1500;

/** `busy`: taken with the mark. */
export type Admission = 'taken' | 'busy' | 'too-many-yours' | 'too-many';

/** Decides for each address, and counts what is taken. */
export function requestAdmission(now: () => Date): (address: string) => Admission {
  const own = hourlyCounter(now);
  const networks = hourlyCounter(now);
  return (address) => {
    const place = networkOf(address);
    const network = widerNetworkOf(address);
    const ofNetwork = networks.count(network);
    if (own.count(place) >= MOST_EACH || ofNetwork >= MOST_OF_NETWORK) return 'too-many-yours';
    const { total } = networks;
    if (total >= MOST_IN_ALL || (total >= FAIR_IN_ALL && ofNetwork > 0)) return 'too-many';
    own.add(place);
    networks.add(network);
    return total >= USUAL_IN_ALL || ofNetwork >= NETWORK_SHARE ? 'busy' : 'taken';
  };
}
