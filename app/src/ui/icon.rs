//! Outlines from Lucide (ISC licence): only those that are used.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    ALargeSmall,
    ArrowLeft,
    ArrowRight,
    Bookmark,
    CircleAlert,
    CircleCheck,
    Download,
    FileText,
    Globe,
    List,
    Lock,
    LogOut,
    Mail,
    Maximize,
    Monitor,
    PictureInPicture,
    Play,
    Search,
    Settings,
    ShieldCheck,
    Smartphone,
    User,
    X,
}

/// A picture beside a text. It says nothing itself, so it is hidden from screen readers.
#[component]
pub fn Icon(name: IconName) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            {shapes(name)}
        </svg>
    }
}

fn shapes(name: IconName) -> AnyView {
    match name {
        IconName::ALargeSmall => view! { <path d="m15 16 2.536-7.328a1.02 1.02 1 0 1 1.928 0L22 16"/><path d="M15.697 14h5.606"/><path d="m2 16 4.039-9.69a.5.5 0 0 1 .923 0L11 16"/><path d="M3.304 13h6.392"/> }.into_any(),
        IconName::ArrowLeft => view! { <path d="m12 19-7-7 7-7"/><path d="M19 12H5"/> }.into_any(),
        IconName::ArrowRight => view! { <path d="M5 12h14"/><path d="m12 5 7 7-7 7"/> }.into_any(),
        IconName::Bookmark => view! { <path d="m19 21-7-4-7 4V5a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v16z"/> }.into_any(),
        IconName::CircleAlert => view! { <circle cx="12" cy="12" r="10"/><line x1="12" x2="12" y1="8" y2="12"/><line x1="12" x2="12.01" y1="16" y2="16"/> }.into_any(),
        IconName::CircleCheck => view! { <circle cx="12" cy="12" r="10"/><path d="m16 9-5.5 5.5L8 12"/> }.into_any(),
        IconName::Download => view! { <path d="M12 15V3"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/><path d="m7 10 5 5 5-5"/> }.into_any(),
        IconName::FileText => view! { <path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z"/><path d="M14 2v5a1 1 0 0 0 1 1h5"/><path d="M10 9H8"/><path d="M16 13H8"/><path d="M16 17H8"/> }.into_any(),
        IconName::Globe => view! { <circle cx="12" cy="12" r="10"/><path d="M12 2a14.5 14.5 0 0 0 0 20 14.5 14.5 0 0 0 0-20"/><path d="M2 12h20"/> }.into_any(),
        IconName::List => view! { <path d="M3 5h.01"/><path d="M3 12h.01"/><path d="M3 19h.01"/><path d="M8 5h13"/><path d="M8 12h13"/><path d="M8 19h13"/> }.into_any(),
        IconName::Lock => view! { <rect width="18" height="11" x="3" y="11" rx="2" ry="2"/><path d="M7 11V7a5 5 0 0 1 10 0v4"/> }.into_any(),
        IconName::LogOut => view! { <path d="m16 17 5-5-5-5"/><path d="M21 12H9"/><path d="M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4"/> }.into_any(),
        IconName::Mail => view! { <path d="m22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7"/><rect x="2" y="4" width="20" height="16" rx="2"/> }.into_any(),
        IconName::Maximize => view! { <path d="M8 3H5a2 2 0 0 0-2 2v3"/><path d="M21 8V5a2 2 0 0 0-2-2h-3"/><path d="M3 16v3a2 2 0 0 0 2 2h3"/><path d="M16 21h3a2 2 0 0 0 2-2v-3"/> }.into_any(),
        IconName::Monitor => view! { <rect width="20" height="14" x="2" y="3" rx="2"/><line x1="8" x2="16" y1="21" y2="21"/><line x1="12" x2="12" y1="17" y2="21"/> }.into_any(),
        IconName::PictureInPicture => view! { <path d="M21 9V6a2 2 0 0 0-2-2H4a2 2 0 0 0-2 2v10c0 1.1.9 2 2 2h4"/><rect width="10" height="7" x="12" y="13" rx="2"/> }.into_any(),
        IconName::Play => view! { <path d="M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z"/> }.into_any(),
        IconName::Search => view! { <path d="m21 21-4.34-4.34"/><circle cx="11" cy="11" r="8"/> }.into_any(),
        IconName::Settings => view! { <path d="M20 7h-9"/><path d="M14 17H5"/><circle cx="17" cy="17" r="3"/><circle cx="7" cy="7" r="3"/> }.into_any(),
        IconName::ShieldCheck => view! { <path d="M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1z"/><path d="m9 12 2 2 4-4"/> }.into_any(),
        IconName::Smartphone => view! { <rect width="14" height="20" x="5" y="2" rx="2" ry="2"/><path d="M12 18h.01"/> }.into_any(),
        IconName::User => view! { <path d="M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2"/><circle cx="12" cy="7" r="4"/> }.into_any(),
        IconName::X => view! { <path d="M18 6 6 18"/><path d="m6 6 12 12"/> }.into_any(),
    }
}
