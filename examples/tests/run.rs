//! Runs every example on the fake.

use arm_examples::Session;

macro_rules! examples {
    ($($name:ident $path:literal $requests:literal)*) => {$(
        #[path = $path]
        #[expect(dead_code, reason = "tests call what an example's `main` calls")]
        mod $name;

        #[tokio::test]
        async fn $name() {
            let session = Session::fake().unwrap();
            $name::run(&session).await.unwrap();
            let server = session.fake.unwrap();
            assert_eq!(server.resource_ids(), [""; 0]);
            assert!(server.requests().len() >= $requests, "{}", server.requests().len());
        }
    )*};
}

examples! {
    assets "../assets.rs" 20
    compute "../compute.rs" 20
    diagnose "../diagnose.rs" 10
    errors "../errors.rs" 15
    fine_tuning "../fine_tuning.rs" 20
    jobs "../jobs.rs" 15
    online "../online.rs" 30
    quickstart "../quickstart.rs" 30
    update "../update.rs" 10
}
