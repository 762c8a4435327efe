//! One discount over several items.

/// Shares of a discount in proportion to the parts of an amount that it lowers, by largest remainder: each gets its
/// share rounded down, and what is left goes out in single units to the largest remainders, of equal ones to the
/// earlier. The shares add up to `cut`, and none is larger than its part.
pub fn spread(cut: i64, parts: &[i64]) -> Vec<i64> {
    let whole: i128 = parts.iter().map(|part| i128::from(*part)).sum();
    if whole <= 0 {
        return vec![0; parts.len()];
    }
    let products = parts.iter().map(|part| i128::from(cut) * i128::from(*part));
    let (mut shares, mut remainders) = (Vec::new(), Vec::new());
    for (index, product) in products.enumerate() {
        // A share is never larger than its part, so it fits.
        shares.push(i64::try_from(product / whole).unwrap_or(0));
        remainders.push((product % whole, index));
    }
    let left = cut - shares.iter().sum::<i64>();
    remainders.sort_by(|(a, first), (b, second)| b.cmp(a).then(first.cmp(second)));
    let lucky = usize::try_from(left).unwrap_or(0);
    for (_, index) in remainders.into_iter().take(lucky) {
        shares[index] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::spread;
    use crate::checkout::price::MAX_LIST;

    #[test]
    fn what_cannot_be_shared_goes_to_the_largest_remainder_and_then_to_the_earlier() {
        assert_eq!(spread(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(spread(100, &[199, 301]), [40, 60]);
        // 4.5 and 5.4 and 0.09
        assert_eq!(spread(10, &[50, 60, 1]), [5, 5, 0]);
        assert_eq!(spread(1, &[0, 5, 5]), [0, 1, 0]);
        assert_eq!(spread(0, &[5, 5]), [0, 0]);
        assert_eq!(spread(0, &[0, 0]), [0, 0]);
    }

    proptest! {
        #[test]
        fn shares_add_up_and_fit_their_parts(
            parts in prop::collection::vec(0..=MAX_LIST, 1..8),
            share in 0..=1_000_u32,
        ) {
            let whole: i64 = parts.iter().sum();
            let cut = whole / 1_000 * i64::from(share);
            let shares = spread(cut, &parts);
            prop_assert_eq!(shares.iter().sum::<i64>(), cut);
            prop_assert!(shares.iter().zip(&parts).all(|(share, part)| (0..=*part).contains(share)));
        }
    }
}
