### Turkish.
###
### The learner is addressed as "sen" or not at all; `.age-adult` says "siz" where the value says "sen".

## Right several times running at the first try, on items that were not easy. $count: how many, 5 or more.

streak-milestone-1 = Arka arkaya { $count } doğru; üstelik bunlar kolay sorular değildi.
    .age-6-9 = Arka arkaya { $count } doğru, zor olanlar da var.
streak-milestone-2 = Son { $count } sorunun her biri ilk denemede doğru çözüldü.
    .age-6-9 = Son { $count } soru ilk denemede doğru.
streak-milestone-3 = Zor sorularda doğrular art arda geliyor: bu çözüm yolu işe yarıyor.
    .age-6-9 = Çözüm yolun işe yarıyor.
streak-milestone-4 = Üst üste { $count } zor soru, hepsi tek tek çözüldü.
    .age-6-9 = Birer birer çözdün: üst üste { $count } doğru.
streak-milestone-5 = Bu adımlar daha zor sorularda da sonuç veriyor.
    .age-6-9 = Adımların zor sorularda da işe yarıyor.
streak-milestone-6 = İlk denemede peş peşe { $count } doğru cevap. Aynı adımları izlemeye devam et.
    .age-6-9 = Peş peşe { $count } doğru. Aynı adımlarla devam et.
    .age-adult = İlk denemede peş peşe { $count } doğru cevap. Aynı adımları izlemeye devam edin.

## Right, without help, on another item after several wrong answers.

comeback-1 = Zorlu bir bölümün ardından bu soru ilk denemede doğru çıktı.
    .age-6-9 = Öncekiler zordu, bu doğru oldu.
comeback-2 = Önceki birkaç soruda olmamıştı; bu yeni sorunun cevabı doğru.
    .age-6-9 = Yeni bir soru ve doğru cevap.
comeback-3 = Son sorular zordu, bu ise çözüldü: böyle devam.
    .age-6-9 = Denemeye devam ettin, bu doğru oldu.
comeback-4 = Yeni bir soru, doğru bir cevap: işler yeniden yolunda.
    .age-6-9 = Yine doğru. Böyle devam et.
comeback-5 = Bundan önceki denemeler de bu çözüme giden yolun bir parçasıydı.
    .age-6-9 = O denemelerin hepsi seni buraya getirdi.
comeback-6 = Bu işe yaradı. Burada ne yaptığına bak ve bunu sıradaki soruda da kullan.
    .age-6-9 = İşe yaradı. Sıradakini de böyle yap.
    .age-adult = Bu işe yaradı. Burada ne yaptığınıza bakın ve bunu sıradaki soruda da kullanın.

## Solved after several wrong answers at the same item. $tries: how many tries it took, 4 or more.

persistence-paid-off-1 = Birkaç denemeden sonra çözüldü. Üzerinde durmaya değdi.
    .age-6-9 = Üzerinde durdun. Artık çözüldü.
persistence-paid-off-2 = { $tries } deneme gerekti, sonuncusu çözüme ulaştırdı.
    .age-6-9 = { $tries }. deneme doğru oldu.
persistence-paid-off-3 = Dönüp yeniden bakmak işe yaradı: soru çözüldü.
    .age-6-9 = Dönüp yine baktın, işe yaradı.
persistence-paid-off-4 = Bu sorunun peşini bırakmamak sonuç verdi.
    .age-6-9 = Uğraşmaya devam ettin ve oldu.
persistence-paid-off-5 = Bir deneme, bir deneme daha derken soru çözüldü.
    .age-6-9 = Deneye deneye çözüldü.
persistence-paid-off-6 = Bu soru kendini hemen ele vermedi, ama çözüm yolu bulundu.
    .age-6-9 = Zordu, ama yolunu buldun.

## Three right first tries in a row at a skill that was missed before.

mastery-reached-1 = Emek isteyen bir beceride üst üste üç doğru: artık üzerine yeni şeyler eklenebilir.
    .age-6-9 = Üst üste üç doğru. Üstüne yenisini ekleyebilirsin.
mastery-reached-2 = Bu beceri başta zordu, şimdi üç kez art arda sonuç verdi.
    .age-6-9 = Önceden zordu. Şimdi oluyor.
mastery-reached-3 = Alıştırmaların etkisi görülüyor: bu beceride peş peşe üç doğru.
    .age-6-9 = Peş peşe üç doğru: alıştırma işe yarıyor.
mastery-reached-4 = Bu beceriye verilen emek karşılığını buldu: peş peşe sorularda işe yarıyor.
    .age-6-9 = Buna verdiğin emek işe yarıyor.
mastery-reached-5 = Önce birkaç hata, sonra arka arkaya üç doğru: beceri böyle gelişir.
    .age-6-9 = Yanlış denemeler de seni buraya getirdi.
mastery-reached-6 = İlk denemede üç doğru: bu beceri artık daha zor sorularda kullanılabilir.
    .age-6-9 = Üç doğru. Şimdi bunu yeni sorularda kullan.

## The learner's longest run of right first tries so far. $count: how many, 8 or more.

personal-best-1 = Şimdiye kadarki en uzun doğru cevap serin: { $count }.
    .age-6-9 = Arka arkaya { $count } doğru: en uzun serin bu.
    .age-adult = Şimdiye kadarki en uzun doğru cevap seriniz: { $count }.
personal-best-2 = Kendi rekorun yenilendi: her seferinde tek bir soruyla.
    .age-6-9 = Soru soru ilerledin, bu en uzun serin oldu.
    .age-adult = Kendi rekorunuz yenilendi: her seferinde tek bir soruyla.
personal-best-3 = Bugüne kadarki en uzun serin: ilk denemede, birbiri ardına { $count } doğru.
    .age-6-9 = Birbiri ardına { $count } doğru.
    .age-adult = Bugüne kadarki en uzun seriniz: ilk denemede, birbiri ardına { $count } doğru.
personal-best-4 = Önceki serilerinin hiçbiri bu kadar uzun değildi: çalışma düzenin işe yarıyor.
    .age-6-9 = Hiç bu kadar uzun bir serin olmamıştı.
    .age-adult = Önceki serilerinizin hiçbiri bu kadar uzun değildi: çalışma düzeniniz işe yarıyor.
personal-best-5 = Adım adım, üst üste { $count } doğru: önceki serilerinin hepsinden fazla.
    .age-6-9 = Adım adım, üst üste { $count } doğru.
    .age-adult = Adım adım, üst üste { $count } doğru: önceki serilerinizin hepsinden fazla.
personal-best-6 = Şu ana kadarki en uzun serin. Her cevaptan önce ne yapıyorsan onu sürdür.
    .age-6-9 = En uzun serin bu. Aynısını yapmaya devam et.
    .age-adult = Şu ana kadarki en uzun seriniz. Her cevaptan önce ne yapıyorsanız onu sürdürün.

## Right clearly more often of late than before.

real-improvement-1 = Bir süre öncesine göre artık daha çok cevap doğru çıkıyor.
    .age-6-9 = Artık daha çok cevap doğru.
real-improvement-2 = Başlangıçtan bu yana doğru cevapların oranı giderek artıyor.
    .age-6-9 = Şimdi baştakinden daha çok doğru var.
real-improvement-3 = Alıştırmanın etkisi görülüyor: ilk denemede doğru çıkanlar eskisinden fazla.
    .age-6-9 = Artık ilk denemede daha çok doğru var.
real-improvement-4 = Son cevaplar, öncekilere göre gerçek bir ilerleme gösteriyor.
    .age-6-9 = Bu, öncekilere göre bir adım ileri.
real-improvement-5 = Üzerinde çalıştıkların kendini gösteriyor: daha çok soru ilk seferde çözülüyor.
    .age-6-9 = Üzerinde çalıştığın şey artık oluyor.
    .age-adult = Üzerinde çalıştıklarınız kendini gösteriyor: daha çok soru ilk seferde çözülüyor.
real-improvement-6 = Çalışma biçiminde bir şey iyiye doğru değişti: bunu koru.
    .age-6-9 = Yeni yolun işe yarıyor. Böyle sürdür.
    .age-adult = Çalışma biçiminizde bir şey iyiye doğru değişti: bunu koruyun.

## A wrong answer in a hard stretch, so what helps is a next step. None of these names a feeling.

frustration-rising-1 = Burası zorlu bir bölüm. Emin olduğun kısımdan başla.
    .age-6-9 = Bildiğin kısımdan başla.
    .age-adult = Burası zorlu bir bölüm. Emin olduğunuz kısımdan başlayın.
frustration-rising-2 = Bu sorular epey emek istiyor. Daha küçük adımlarla, birer birer ilerlemek yardımcı olabilir.
    .age-6-9 = Her seferinde küçük bir adım at.
frustration-rising-3 = Bir adım geri çekilip bilinen bir kısım aramak yardımcı olabilir.
    .age-6-9 = Bildiğin bir yer ara.
frustration-rising-4 = Soruya başka bir açıdan bakmak işe yarayabilir: verilenlerden başla.
    .age-6-9 = Soruda verilenlerden başla.
    .age-adult = Soruya başka bir açıdan bakmak işe yarayabilir: verilenlerden başlayın.
frustration-rising-5 = Zor sorular birkaç deneme isteyebilir. Sonrakinde küçük bir şeyi değiştir.
    .age-6-9 = Bir daha dene ve bir şeyi değiştir.
    .age-adult = Zor sorular birkaç deneme isteyebilir. Sonrakinde küçük bir şeyi değiştirin.
frustration-rising-6 = Bir soruyu yavaş yavaş çöz ve her adımı ayrı bir satıra yaz.
    .age-6-9 = Her adımı yeni bir satıra yaz.
    .age-adult = Bir soruyu yavaş yavaş çözün ve her adımı ayrı bir satıra yazın.

## Several wrong answers in a row.

error-run-1 = Hatalar nereye bakılacağını gösterir. Cevaptan önceki adıma dön.
    .age-6-9 = Cevaptan önceki adıma bak.
    .age-adult = Hatalar nereye bakılacağını gösterir. Cevaptan önceki adıma dönün.
error-run-2 = Bu sorular çetrefilli. Ne sorulduğunu kendi sözlerinle söylemeyi dene.
    .age-6-9 = Önce soruyu kendi sözlerinle söyle.
    .age-adult = Bu sorular çetrefilli. Ne sorulduğunu kendi sözlerinizle söylemeyi deneyin.
error-run-3 = Bunlardan birini satır satır yeniden gözden geçir.
    .age-6-9 = Bir soruya satır satır yeniden bak.
    .age-adult = Bunlardan birini satır satır yeniden gözden geçirin.
error-run-4 = Bir soruda yavaşla ve ilerlerken her adımı kontrol et.
    .age-6-9 = Yavaş git, her adımı kontrol et.
    .age-adult = Bir soruda yavaşlayın ve ilerlerken her adımı kontrol edin.
error-run-5 = Son birkaç sorunun ortak yanını ara ve o kısmı tekrar et.
    .age-6-9 = Son sorularda aynı olan ne?
    .age-adult = Son birkaç sorunun ortak yanını arayın ve o kısmı tekrar edin.
error-run-6 = Aynı türden daha basit bir örnek düşün: orada nasıl çözülüyor?
    .age-6-9 = Buna benzeyen daha kolay bir soru düşün.
    .age-adult = Aynı türden daha basit bir örnek düşünün: orada nasıl çözülüyor?

## Many tries at one skill without getting there.

wheel-spinning-1 = Burada başka bir yol, hızlıca yeniden denemekten daha yararlı olabilir.
    .age-6-9 = Başka bir yoldan dene.
wheel-spinning-2 = Çözülmüş bir adımı kendine açıklamayı dene, ardından bir sonrakini.
    .age-6-9 = Bir adımın nasıl yapıldığını kendine anlat.
    .age-adult = Çözülmüş bir adımı kendinize açıklamayı deneyin, ardından bir sonrakini.
wheel-spinning-3 = Doğru çıkmış bir soruya dönüp bakmak sonraki denemeyi kolaylaştırabilir.
    .age-6-9 = Daha önce çözdüğün bir soruya bak.
wheel-spinning-4 = Yeni bir yaklaşım zamanı: her adımı yapmadan önce söyle.
    .age-6-9 = Her adımı önce söyle, sonra yap.
    .age-adult = Yeni bir yaklaşım zamanı: her adımı yapmadan önce söyleyin.
wheel-spinning-5 = Hâlâ net olmayan o tek adımı bul ve yalnızca onun üzerinde çalış.
    .age-6-9 = Hangi adım zor? Onun üzerinde çalış.
    .age-adult = Hâlâ net olmayan o tek adımı bulun ve yalnızca onun üzerinde çalışın.
wheel-spinning-6 = Son iki denemeyi yan yana koy ve nerede ayrıldıklarına bak.
    .age-6-9 = İki denemeni yan yana koy.
    .age-adult = Son iki denemeyi yan yana koyun ve nerede ayrıldıklarına bakın.

## Wrong, after a long time, and not for the first time.

slow-struggle-1 = Bu sorular gerçekten zaman ister. Adımları yazmak sonrakini netleştirebilir.
    .age-6-9 = Çözerken adımlarını yaz.
slow-struggle-2 = Bu tür sorular özenli çalışma ister: işin düğümlendiği adımı ara.
    .age-6-9 = Zor olan adımı bul.
    .age-adult = Bu tür sorular özenli çalışma ister: işin düğümlendiği adımı arayın.
slow-struggle-3 = Burada acele etmeye gerek yok. Önce bilinenleri yazmayı dene.
    .age-6-9 = Acele yok. Bildiklerini yaz.
    .age-adult = Burada acele etmeye gerek yok. Önce bilinenleri yazmayı deneyin.
slow-struggle-4 = Bir soru bu kadar uzun sürdüğünde soru metnine dönmek çoğu zaman yardımcı olur.
    .age-6-9 = Soruyu bir kez daha oku.
slow-struggle-5 = Önce en az emin olduğun adımı kontrol et, sonra kalanları.
    .age-6-9 = Hangi adımdan emin değilsin?
    .age-adult = Önce en az emin olduğunuz adımı kontrol edin, sonra kalanları.
slow-struggle-6 = Soruyu ikiye böl ve önce bir parçasını bitir.
    .age-6-9 = İkiye böl. Önce bir parçayı yap.
    .age-adult = Soruyu ikiye bölün ve önce bir parçasını bitirin.

## Nothing has happened at an item for longer than usual. Whether answers were right is not told here.

stuck-1 = Verilenleri ve isteneni yazmak sonraki adımı gösterebilir.
    .age-6-9 = Bildiklerini yaz.
stuck-2 = Sonraki adım belli değilse aynı türden daha küçük bir örneği dene.
    .age-6-9 = Önce daha küçüğünü dene.
    .age-adult = Sonraki adım belli değilse aynı türden daha küçük bir örneği deneyin.
stuck-3 = Her adım bir başlangıçtır: birini dene ve nereye götürdüğüne bak.
    .age-6-9 = Her adım iyi bir başlangıçtır.
    .age-adult = Her adım bir başlangıçtır: birini deneyin ve nereye götürdüğüne bakın.
stuck-4 = Soruyu bir kez daha, bu sefer sesli okumak yardımcı olabilir.
    .age-6-9 = Soruyu sesli oku.
stuck-5 = Soru cümlesi dışında her şeyin üstünü kapat: asıl istenen ne?
    .age-6-9 = Soru senden ne istiyor?
    .age-adult = Soru cümlesi dışında her şeyin üstünü kapatın: asıl istenen ne?
stuck-6 = Hızlı bir çizim, sözcüklerin tek başına göstermediğini gösterebilir.
    .age-6-9 = Soruyla ilgili hızlıca bir resim çiz.

## An answer taken from a hint, after other hints.

hint-reliance-1 = Sonraki ipucundan önce bir adımı kendin dene: ipuçları böyle daha çok işe yarar.
    .age-6-9 = Yeni ipucundan önce bir adım dene.
    .age-adult = Sonraki ipucundan önce bir adımı kendiniz deneyin: ipuçları böyle daha çok işe yarar.
hint-reliance-2 = Son ipucunu yeniden oku, sonra benzer bir adımı ipucu olmadan yap.
    .age-6-9 = İpucunu oku, sonra onsuz dene.
    .age-adult = Son ipucunu yeniden okuyun, sonra benzer bir adımı ipucu olmadan yapın.
hint-reliance-3 = Bir dahaki sefere ipucunu açmadan önce ilk adımı dene.
    .age-6-9 = Önce dene, sonra ipucuna bak.
    .age-adult = Bir dahaki sefere ipucunu açmadan önce ilk adımı deneyin.
hint-reliance-4 = İpucunun hangi adımı çözdüğüne bak ve sıradaki soruda o adımı kendin dene.
    .age-6-9 = İpucu hangi adımda yardım etti?
    .age-adult = İpucunun hangi adımı çözdüğüne bakın ve sıradaki soruda o adımı kendiniz deneyin.
hint-reliance-5 = İpucunu kapat ve ne gösterdiğini kendi sözlerinle söyle.
    .age-6-9 = İpucunu kapat. Ne gösterdi?
    .age-adult = İpucunu kapatın ve ne gösterdiğini kendi sözlerinizle söyleyin.
hint-reliance-6 = İpuçları en çok, aklındaki bir soruya cevap verdiğinde işe yarar: önce o soruyu bul.
    .age-6-9 = İpucundan ne öğrenmek istiyorsun?
    .age-adult = İpuçları en çok, aklınızdaki bir soruya cevap verdiğinde işe yarar: önce o soruyu bulun.

## Wrong answers too quick to have been read.

rapid-guessing-1 = Önce biraz zaman ayır ve sorunun tamamını oku.
    .age-6-9 = Soruyu sonuna kadar oku.
    .age-adult = Önce biraz zaman ayırın ve sorunun tamamını okuyun.
rapid-guessing-2 = Her soruya biraz daha vakit ayırmak doğru cevaba şans tanır.
    .age-6-9 = Her soruya biraz daha vakit ayır.
rapid-guessing-3 = Bir cevabı seçmeden önce neden uyduğunu söylemeyi dene.
    .age-6-9 = Seçmeden önce neden uyduğunu söyle.
    .age-adult = Bir cevabı seçmeden önce neden uyduğunu söylemeyi deneyin.
rapid-guessing-4 = Burada yavaş ve düzenli gitmek işe yarar: oku, düşün, sonra cevapla.
    .age-6-9 = Oku, düşün, sonra cevapla.
    .age-adult = Burada yavaş ve düzenli gitmek işe yarar: okuyun, düşünün, sonra cevaplayın.
rapid-guessing-5 = Cevap vermeden önce neyin sorulduğunu söyleyen sözcükleri bul.
    .age-6-9 = Ne yapılacağını söyleyen sözcükleri bul.
    .age-adult = Cevap vermeden önce neyin sorulduğunu söyleyen sözcükleri bulun.
rapid-guessing-6 = Sıradaki soruda, cevaptan önce kısa bir an durmayı dene.
    .age-6-9 = Bir an dur, sonra cevap ver.
    .age-adult = Sıradaki soruda, cevaptan önce kısa bir an durmayı deneyin.

## Right, and it may not seem so to the learner. Confidence is not named.

low-confidence-success-1 = Bu doğruydu. Kullandığın çözüm yolu sağlam.
    .age-6-9 = Bu doğruydu. Çözüm yolun işe yarıyor.
    .age-adult = Bu doğruydu. Kullandığınız çözüm yolu sağlam.
low-confidence-success-2 = İlk denemede doğru: bu yöntem korunmaya değer.
    .age-6-9 = İlk seferde doğru. Bu yoldan devam et.
low-confidence-success-3 = Adımların seni doğru cevaba götürdü. Onları sıradaki soruda da kullan.
    .age-6-9 = Sıradaki soruda da aynı adımları kullan.
    .age-adult = Adımlarınız sizi doğru cevaba götürdü. Onları sıradaki soruda da kullanın.
low-confidence-success-4 = Bu cevap doğru. Neyin işe yaradığını fark et ve yine kullan.
    .age-6-9 = Doğru. Ne yaptın? Yine öyle yap.
    .age-adult = Bu cevap doğru. Neyin işe yaradığını fark edin ve yine kullanın.
low-confidence-success-5 = Cevap doğru; ona kendi adımlarınla ulaştın.
    .age-6-9 = Doğru, hem de kendi adımlarınla.
    .age-adult = Cevap doğru; ona kendi adımlarınızla ulaştınız.
low-confidence-success-6 = Oldu. Sıradaki soru için, buna nasıl ulaştığını birkaç sözcükle söyle.
    .age-6-9 = Oldu. Bunu nasıl yaptın?
    .age-adult = Oldu. Sıradaki soru için, buna nasıl ulaştığınızı birkaç sözcükle söyleyin.

## A long time without a break. $minutes: how long, at least 45. Whether answers were right is not told here.

long-session-1 = Bir süredir çalışıyorsun: kısa bir ara, öğrenilenlerin yerleşmesine yardım eder.
    .age-6-9 = Şimdi kısa bir ara iyi gelir.
    .age-adult = Bir süredir çalışıyorsunuz: kısa bir ara, öğrenilenlerin yerleşmesine yardım eder.
long-session-2 = Ekrandan birkaç dakika uzak kalmak sonraki soruları kolaylaştırabilir.
    .age-6-9 = Gözlerini biraz ekrandan ayır.
long-session-3 = Gerinmek ve dinlenmiş olarak dönmek için iyi bir an.
    .age-6-9 = Ayağa kalk ve biraz gerin.
long-session-4 = Uzun çalışmalar, araya mola girince daha kalıcı olur.
    .age-6-9 = Mola vermek hatırlamana yardım eder.
long-session-5 = Aralıksız { $minutes } dakika çalışıldı: biraz su ve kısa bir yürüyüş zamanı.
    .age-6-9 = Aralıksız { $minutes } dakika oldu. Biraz su iç.
long-session-6 = Mümkünse şimdi beş dakika ara ver: sorular bekler.
    .age-6-9 = Sorular beş dakika bekleyebilir.
    .age-adult = Mümkünse şimdi beş dakika ara verin: sorular bekler.
