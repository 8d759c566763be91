//! SHA-256 (FIPS 180-4), as the standard states it. For masks that let equal texts be recognised and not be read.

use std::fmt::Write as _;

/// The first 32 bits of the fractional parts of the square roots of the first 8 primes.
const START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
const ROUNDS: [u32; 64] = [
    0x428a_2f98,
    0x7137_4491,
    0xb5c0_fbcf,
    0xe9b5_dba5,
    0x3956_c25b,
    0x59f1_11f1,
    0x923f_82a4,
    0xab1c_5ed5,
    0xd807_aa98,
    0x1283_5b01,
    0x2431_85be,
    0x550c_7dc3,
    0x72be_5d74,
    0x80de_b1fe,
    0x9bdc_06a7,
    0xc19b_f174,
    0xe49b_69c1,
    0xefbe_4786,
    0x0fc1_9dc6,
    0x240c_a1cc,
    0x2de9_2c6f,
    0x4a74_84aa,
    0x5cb0_a9dc,
    0x76f9_88da,
    0x983e_5152,
    0xa831_c66d,
    0xb003_27c8,
    0xbf59_7fc7,
    0xc6e0_0bf3,
    0xd5a7_9147,
    0x06ca_6351,
    0x1429_2967,
    0x27b7_0a85,
    0x2e1b_2138,
    0x4d2c_6dfc,
    0x5338_0d13,
    0x650a_7354,
    0x766a_0abb,
    0x81c2_c92e,
    0x9272_2c85,
    0xa2bf_e8a1,
    0xa81a_664b,
    0xc24b_8b70,
    0xc76c_51a3,
    0xd192_e819,
    0xd699_0624,
    0xf40e_3585,
    0x106a_a070,
    0x19a4_c116,
    0x1e37_6c08,
    0x2748_774c,
    0x34b0_bcb5,
    0x391c_0cb3,
    0x4ed8_aa4a,
    0x5b9c_ca4f,
    0x682e_6ff3,
    0x748f_82ee,
    0x78a5_636f,
    0x84c8_7814,
    0x8cc7_0208,
    0x90be_fffa,
    0xa450_6ceb,
    0xbef9_a3f7,
    0xc671_78f2,
];

const BLOCK: usize = 64;

/// The SHA-256 of `message`, as 64 lower-case hexadecimal digits.
pub(crate) fn hexadecimal(message: &[u8]) -> String {
    let (blocks, rest) = message.as_chunks::<BLOCK>();
    let mut state = START;
    for block in blocks {
        compress(&mut state, block);
    }
    for block in padded(rest, message.len()).as_chunks::<BLOCK>().0 {
        compress(&mut state, block);
    }
    let mut digits = String::with_capacity(BLOCK);
    for word in state {
        // Writing to a string does not fail.
        let _ = write!(digits, "{word:08x}");
    }
    digits
}

/// The end of a message: what is left of it, one bit that is set, zeros, and the length of the whole in bits.
fn padded(rest: &[u8], length: usize) -> Vec<u8> {
    let mut end = rest.to_vec();
    end.push(0x80);
    while end.len() % BLOCK != BLOCK - 8 {
        end.push(0);
    }
    end.extend_from_slice(&(length as u64 * 8).to_be_bytes());
    end
}

fn compress(state: &mut [u32; 8], block: &[u8; BLOCK]) {
    let mut work = *state;
    for (word, constant) in schedule(block).iter().zip(ROUNDS) {
        let choice = (work[4] & work[5]) ^ (!work[4] & work[6]);
        let sum = work[4].rotate_right(6) ^ work[4].rotate_right(11) ^ work[4].rotate_right(25);
        let first = work[7].wrapping_add(sum).wrapping_add(choice).wrapping_add(constant).wrapping_add(*word);
        let majority = (work[0] & work[1]) ^ (work[0] & work[2]) ^ (work[1] & work[2]);
        let sum = work[0].rotate_right(2) ^ work[0].rotate_right(13) ^ work[0].rotate_right(22);
        // Each of the standard's variables a to h takes the value of the one before it.
        work.rotate_right(1);
        work[4] = work[4].wrapping_add(first);
        work[0] = first.wrapping_add(sum).wrapping_add(majority);
    }
    for (word, change) in state.iter_mut().zip(work) {
        *word = word.wrapping_add(change);
    }
}

/// The 64 words that a block is stretched to.
fn schedule(block: &[u8; BLOCK]) -> [u32; 64] {
    let mut words = [0; 64];
    for (word, bytes) in words.iter_mut().zip(block.as_chunks::<4>().0) {
        *word = u32::from_be_bytes(*bytes);
    }
    for at in 16..64 {
        let (near, far) = (words[at - 2], words[at - 15]);
        let near = near.rotate_right(17) ^ near.rotate_right(19) ^ near >> 10;
        let far = far.rotate_right(7) ^ far.rotate_right(18) ^ far >> 3;
        words[at] = near.wrapping_add(words[at - 7]).wrapping_add(far).wrapping_add(words[at - 16]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of NIST: FIPS 180-2 appendix B, and two of the byte-oriented `SHA256ShortMsg` file.
    #[test]
    fn the_vectors_of_nist() {
        for (message, digest) in [
            (&b""[..], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
            (b"\xd3", "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"),
            (b"\x11\xaf", "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98"),
        ] {
            assert_eq!(hexadecimal(message), digest, "{message:?}");
        }
        let million = hexadecimal(&b"a".repeat(1_000_000));
        assert_eq!(million, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }

    /// Around the lengths at which the end takes one block more. The digests are those of `sha256sum`.
    #[test]
    fn the_end_of_a_block_is_no_edge() {
        for (length, head) in [(55, "9f4390f8"), (56, "b35439a4"), (63, "7d3e74a0"), (64, "ffe054fe"), (65, "635361c4")]
        {
            assert!(hexadecimal(&b"a".repeat(length)).starts_with(head), "{length}");
        }
    }
}
