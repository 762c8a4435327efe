//! The portal as a browser without JavaScript meets it: real HTTP, both databases.

mod account;
mod agreement;
mod blocks;
mod certificate;
mod checkout;
mod checkout_proof;
mod console;
mod course;
mod findings;
mod harness;
mod lesson;
mod media;
mod note;
mod offers;
mod offline;
mod player;
mod promotions;
mod receipt;
mod record;
mod site;
mod stage;
mod stand_in;
mod stripe;
mod tidy;
mod watching;
mod webhooks;
