//! The subcommands, a file each: its arguments and `run`.
pub mod backup;
pub mod demo;
pub mod doctor;
pub mod expr;
pub mod figures;
pub mod import;
pub mod init;
pub mod match_;
pub mod openapi;
pub mod pack;
pub mod replay;
pub mod restore;
pub mod serve;
pub mod user;
pub mod verify;
