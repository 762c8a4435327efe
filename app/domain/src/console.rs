//! The console: what those who run the school see of orders, money and offers.

mod csv;
mod filter;
mod revenue;
mod shown;
mod typed;

pub use csv::{BOM, row};
pub use filter::{Cursor, Moment, OrderFilter, Standing};
pub use revenue::{Flow, Per, Period, Revenue, periods};
pub use shown::{
    Audited, BatchRow, Behind, CouponPage, CouponRow, CourseChoice, DueCoupon, FindingRow, Life,
    NoticeRow, OrderList, OrderRow, Overview, PaymentRow, PricePart, PriceTimeline, PromotionBar,
    PromotionPage, PromotionRow, RefundRow, Seat, Settled, Version,
};
pub use typed::{CouponForm, PromotionForm, RuleForm};

/// An address as those see it who need not write to it: its first letter and its domain.
#[must_use]
pub fn masked(email: &str) -> String {
    let (local, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    if domain.is_empty() {
        format!("{first}…")
    } else {
        format!("{first}…@{domain}")
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_masked_address_tells_who_it_is_to_nobody() {
        assert_eq!(masked("mei.chen@example.com"), "m…@example.com");
        assert_eq!(masked("名@例子.公司"), "名…@例子.公司");
        assert_eq!(masked("nobody"), "n…");
    }
}
