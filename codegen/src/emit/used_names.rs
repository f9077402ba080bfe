//! Emits the imports of a module, by the names that its items use.

use super::{conditions::cfg, format::ident};
use crate::model::service::{
    Item, Module, ModuleItem, Service, Struct, Union,
    rust_type::{RuntimeType, RustType},
};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use syn::{File, Path, visit::Visit};

/// The modules from which others import, by the names in them.
pub(super) struct Importable<'a>(HashMap<&'a str, &'static str>);

impl<'a> Importable<'a> {
    /// Collects the names of a crate.
    pub(super) fn new(service: &'a Service) -> Self {
        let models = service.modules.iter().flat_map(Module::types);
        let models = models.map(|item| (item.name(), "crate::models"));
        let parameters = service.parameters.iter();
        let parameters = parameters.map(|own| (&*own.constant, "crate::parameters"));
        let runtime = RuntimeType::OF_OPERATIONS.iter();
        let runtime = runtime.map(|own| (own.name(), "arm_runtime"));
        let std = [("BTreeMap", "std::collections"), ("Cow", "std::borrow")];
        Self(models.chain(parameters).chain(runtime).chain(std).collect())
    }

    /// Emits the imports of a module of operations, whose items are given with the features that
    /// they need.
    pub(super) fn of_items<'f>(
        &self,
        items: impl Iterator<Item = (&'f [String], &'f File)>,
    ) -> TokenStream {
        let mut used = UsedNames::default();
        for (features, file) in items {
            used.add_file(features, file);
        }
        self.imports(&used)
    }

    /// Emits the imports of a module of models.
    pub(super) fn of_models(&self, module: &Module) -> TokenStream {
        let mut used = UsedNames::default();
        for item in &module.items {
            used.add_item(item);
        }
        for own in module.types() {
            used.0.remove(own.name());
        }
        self.imports(&used)
    }

    fn imports(&self, used: &UsedNames) -> TokenStream {
        let mut imports: BTreeMap<(&str, &BTreeSet<String>), Vec<&str>> = BTreeMap::new();
        for (name, features) in &used.0 {
            if let Some(module) = self.0.get(name.as_str()) {
                imports.entry((module, features)).or_default().push(name);
            }
        }
        let imports = imports.into_iter().map(|((module, features), names)| {
            let cfg = cfg(features);
            let module = module.split("::").map(ident);
            let names: Vec<_> = names.into_iter().map(ident).collect();
            match names.as_slice() {
                [only] => quote!(#cfg use #(#module::)* #only;),
                several => quote!(#cfg use #(#module::)* {#(#several),*};),
            }
        });
        imports.collect()
    }
}

/// The names that items use, each with the features of which any brings in an item that does; no
/// features if some item is there without a condition.
#[derive(Default)]
struct UsedNames(BTreeMap<String, BTreeSet<String>>);

impl UsedNames {
    fn add(&mut self, features: &[String], name: &str) {
        match self.0.get_mut(name) {
            None => {
                let features = features.iter().cloned().collect();
                self.0.insert(name.to_owned(), features);
            }
            Some(_) if features.is_empty() => {
                self.0.insert(name.to_owned(), BTreeSet::new());
            }
            // An item without a condition needs it already.
            Some(all) if all.is_empty() => {}
            Some(all) => all.extend(features.iter().cloned()),
        }
    }

    fn add_file(&mut self, features: &[String], file: &File) {
        PathVisitor {
            used: self,
            features,
        }
        .visit_file(file);
    }

    fn add_type(&mut self, features: &[String], ty: &RustType) {
        if let Some(name) = ty.name() {
            self.add(features, name);
        }
        if let Some(inner) = ty.inner() {
            self.add_type(features, inner);
        }
    }

    fn add_item(&mut self, item: &ModuleItem) {
        let features = &item.features;
        match &item.item {
            Item::Struct(own) => self.add_struct(features, own),
            Item::Union(own) => self.add_union(features, own),
            Item::Alias(own) => self.add_type(features, &own.ty),
            Item::Enum(_) => {}
        }
    }

    fn add_struct(&mut self, features: &[String], item: &Struct) {
        if let Some(ty) = item.same_as() {
            return self.add_type(features, ty);
        }
        for field in &item.fields {
            self.add_type(features, &field.ty);
        }
        if let Some((_, ty)) = &item.rest {
            self.add_type(features, ty);
        }
        if let Some(page) = &item.page {
            self.add_type(features, &page.item);
        }
    }

    fn add_union(&mut self, features: &[String], item: &Union) {
        for kind in &item.kinds {
            self.add(features, &kind.model);
            for inner in &kind.inner {
                self.add(features, inner);
            }
        }
        for member in &item.members {
            self.add_type(features, &member.ty);
        }
        for part in &item.parts {
            self.add(features, &part.name);
        }
    }
}

/// Adds the first names of all paths.
struct PathVisitor<'a> {
    used: &'a mut UsedNames,
    features: &'a [String],
}

impl<'ast> Visit<'ast> for PathVisitor<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        if let Some(first) = path.segments.first() {
            self.used.add(self.features, &first.ident.to_string());
        }
        syn::visit::visit_path(self, path);
    }
}
