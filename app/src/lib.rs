#![doc = include_str!("../README.md")]
#![recursion_limit = "256"]

pub mod account;
pub mod agreement;
pub mod certificate;
pub mod checkout;
pub mod console;
pub mod course;
pub mod error;
pub mod front;
pub mod i18n;
pub mod note;
pub mod offline;
pub mod progress;
pub mod receipt;
pub mod sandbox;
#[cfg(not(target_arch = "wasm32"))]
pub mod server;
pub mod shell;
pub mod stage;
pub mod ui;
pub mod visit;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

use crate::{
    error::AppError,
    shell::{Footer, Header},
    visit::Visit,
};

/// The pages. Each is rendered on the server; only islands wake up in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let fallback = || {
        let failure = Visit::current().failure;
        ui::error_page(&failure.unwrap_or(AppError::NotFound))
    };
    view! {
        <Router>
            <a class="skip-link" href="#main">{t!("skip")}</a>
            <Header/>
            <main id="main" tabindex="-1">
                <offline::CopyLine/>
                <Routes fallback=fallback>
                    <Route path=path!("/") view=front::FrontPage/>
                    <Route path=path!("/courses") view=course::CataloguePage/>
                    <Route path=path!("/courses/:course") view=course::CoursePage/>
                    <Route path=path!("/courses/:course/lessons/:lesson") view=course::LessonPage/>
                    <Route path=path!("/courses/:course/stages/:section") view=stage::StagePage/>
                    <Route path=path!("/courses/:course/certificate") view=certificate::MyCertificatePage/>
                    <Route path=path!("/certificates/verify") view=certificate::VerifyPage/>
                    <Route path=path!("/certificates/:code") view=certificate::CertificatePage/>
                    <Route path=path!("/agreement") view=agreement::AgreementPage/>
                    <Route path=path!("/agreement/:version") view=agreement::AgreementPage/>
                    <Route path=path!("/checkout/:course") view=checkout::CheckoutPage/>
                    <Route path=path!("/orders") view=checkout::OrdersPage/>
                    <Route path=path!("/orders/:order") view=checkout::OrderPage/>
                    <Route path=path!("/sandbox/pay/:reference") view=sandbox::SandboxPage/>
                    <Route path=path!("/learning") view=progress::LearningPage/>
                    <Route path=path!("/learning/continue") view=progress::ContinuePage/>
                    <Route path=path!("/notes") view=note::NotesPage/>
                    <Route path=path!("/notes/:note") view=note::EditNotePage/>
                    <Route path=path!("/offline") view=offline::OfflinePage/>
                    <Route path=path!("/join") view=account::JoinPage/>
                    <Route path=path!("/sign-in") view=account::SignInPage/>
                    <Route path=path!("/sign-out") view=account::SignOutPage/>
                    <Route path=path!("/forgot-password") view=account::ForgotPage/>
                    <Route path=path!("/reset-password/:token") view=account::ResetPage/>
                    <Route path=path!("/confirm-email/:token") view=account::ConfirmPage/>
                    <Route path=path!("/console") view=console::OverviewPage/>
                    <Route path=path!("/console/orders") view=console::OrderListPage/>
                    <Route path=path!("/console/orders/:order") view=console::OrderPage/>
                    <Route path=path!("/console/coupons") view=console::CouponListPage/>
                    <Route path=path!("/console/coupons/new") view=console::NewCouponPage/>
                    <Route path=path!("/console/coupons/:coupon") view=console::CouponPage/>
                    <Route path=path!("/console/promotions") view=console::PromotionListPage/>
                    <Route path=path!("/console/promotions/new") view=console::NewPromotionPage/>
                    <Route path=path!("/console/promotions/:promotion") view=console::PromotionPage/>
                    <Route path=path!("/console/prices") view=console::PricesPage/>
                    <Route path=path!("/console/findings") view=console::FindingsPage/>
                    <Route path=path!("/welcome/:key") view=account::WelcomePage/>
                    <Route path=path!("/unsubscribe/:token") view=receipt::UnsubscribePage/>
                    <Route path=path!("/account") view=account::AccountPage/>
                </Routes>
            </main>
            <Footer/>
        </Router>
    }
}

/// A part of the page's path, e.g. `:course`.
fn param(name: &'static str) -> String {
    leptos_router::hooks::use_params_map()
        .with_untracked(|params| params.get(name).unwrap_or_default())
}
